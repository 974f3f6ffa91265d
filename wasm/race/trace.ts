import { front_copied } from "./liveness";
import { params } from "./params";
import { FLAG_CHANGED, FLAG_STALE, FLAG_STRAY, FLAG_STRAY_HERE, FLAG_TORN, State } from "./state";
import {
  FRONT_BYTES,
  FRONT_WORDS,
  OP_MEMSET,
  OP_STORE,
  PLACE_AREA,
  PLACE_HEADER_CHUNK,
  Step,
} from "./step";

/**
 * Traces of the race that the verdicts do not tell of, before the fix:
 *
 *   torn    the four words in chunk 0 never stood in the buffer at one time: one was copied before
 *           C changed it (it is stale), a later one after C had changed it
 *   stray   an exception behind the first 16 bytes of chunk 0
 *
 * Called with the state before the step, after `i` steps of I; @returns the flags after it.
 */
export function trace(step: Step, state: State, put: u64, i: u32): u64 {
  const flags = state.disk;
  if (params.fixed) return flags;
  if (step.place == PLACE_HEADER_CHUNK) return trace_header_io(step, flags);
  if (step.place != PLACE_AREA) return flags;
  const to_rest = step.offset + step.length > FRONT_BYTES;
  if (to_rest && step.op == OP_STORE && step.value) return flags | FLAG_STRAY_HERE;
  if (to_rest && step.op == OP_MEMSET) return flags & ~FLAG_STRAY_HERE;
  return to_rest ? flags : trace_store(step, state, put, front_copied(i));
}

/** A store over the front while I7 has copied `copied` of its words. */
function trace_store(step: Step, state: State, put: u64, copied: u32): u64 {
  let flags = state.disk;
  if (copied == 0 || copied == FRONT_WORDS) return flags;
  const last = (step.offset + step.length) / 4;
  for (let word = step.offset / 4; word < last; word++) {
    const code = (put >> (word * 8)) & 0xff;
    if (word < copied) {
      if (code != ((flags >> (word * 8)) & 0xff)) flags |= FLAG_STALE;
    } else if (code != ((state.buffers >> (word * 8)) & 0xff)) {
      flags |= FLAG_CHANGED << word;
    }
  }
  return flags;
}

/** A step of I7: what it takes with it. */
function trace_header_io(step: Step, before: u64): u64 {
  let flags = before;
  if (step.offset + step.length > FRONT_BYTES && flags & FLAG_STRAY_HERE) flags |= FLAG_STRAY;
  const changed = step.length == 4 && flags & (FLAG_CHANGED << (step.offset / 4));
  return changed && flags & FLAG_STALE ? flags | FLAG_TORN : flags;
}
