import { EXCEPTION_BYTES, pack_exception, SNAPSHOT_DISK_VERSION } from "../format/disk_format";
import { pstore, write_header_fields } from "../kernel/pstore";
import { build_commit, commit } from "./commit";
import { build_invalidate, invalidate } from "./invalidate";
import { params } from "./params";
import { copy_place, mark, place_bytes, place_of_start, places_clear } from "./place";
import { Program, program_step } from "./program";
import {
  OP_COPY,
  OP_INVALIDATE,
  OP_MEMSET,
  OP_PENDING,
  OP_READ_VALID,
  OP_STORE,
  PLACE_AREA,
  PLACE_AREA_CHUNK,
  PLACE_HEADER_AREA,
  PLACE_HEADER_CHUNK,
  PLACE_ZERO_AREA,
  Step,
} from "./step";

/** The two threads over a real pstore: one step at a time, in whatever order the caller likes. */
const ps = changetype<pstore>(memory.data(offsetof<pstore>(), 8));

/** How many steps each thread has taken (those that C5 leaves out count as taken), and both. */
let i_at: u32 = 0;
let c_at: u32 = 0;
let taken: u32 = 0;

export const THREAD_I: u32 = 0;
export const THREAD_C: u32 = 1;

/** Puts everything back to the start: a valid store whose area holds `index` exceptions. */
export function race_start(): void {
  build_invalidate();
  build_commit();
  places_clear(!params.fixed);
  ps.valid = 1;
  ps.version = SNAPSHOT_DISK_VERSION;
  ps.chunk_size = params.chunk_size;
  ps.exceptions_per_area = params.entries_per_area;
  ps.current_area = 0;
  ps.current_committed = params.index;
  ps.pending_count = params.pending_after + params.copies;
  ps.area = place_bytes(PLACE_AREA);
  ps.zero_area = place_bytes(PLACE_ZERO_AREA);
  ps.header_area = place_bytes(PLACE_HEADER_AREA);
  i_at = 0;
  c_at = 0;
  taken = 0;

  write_header_fields(ps, place_bytes(PLACE_HEADER_CHUNK));
  if (params.index) race_set_old_entry(0, params.entry0_old, params.entry0_new);
}

/** An exception that area 0 holds at the start, in memory and on disk. Call after race_start(). */
export function race_set_old_entry(index: u32, old_chunk: u64, new_chunk: u64): void {
  write_entry(PLACE_AREA, index, old_chunk, new_chunk);
  write_entry(PLACE_AREA_CHUNK, index, old_chunk, new_chunk);
  write_entry(place_of_start(), index, old_chunk, new_chunk);
}

function write_entry(place: u32, index: u32, old_chunk: u64, new_chunk: u64): void {
  pack_exception(place_bytes(place) + index * EXCEPTION_BYTES, old_chunk, new_chunk);
}

function program_of(thread: u32): Program {
  return thread == THREAD_I ? invalidate : commit;
}

/** The step a thread would take next, or 0 if it has ended. */
export function race_next(thread: u32): usize {
  const program = program_of(thread);
  const at = thread == THREAD_I ? i_at : c_at;
  return at < program.count ? changetype<usize>(program_step(program, at)) : 0;
}

/** Lets a thread take its next step. @returns false if it has ended. */
export function race_step(thread: u32): bool {
  const next = race_next(thread);
  if (!next) return false;
  const step = changetype<Step>(next);
  taken++;
  if (thread == THREAD_I) i_at++;
  else c_at++;
  carry_out(step);
  return true;
}

function carry_out(step: Step): void {
  switch (step.op) {
    case OP_INVALIDATE:
      ps.valid = 0;
      break;
    case OP_MEMSET:
      memory.fill(place_bytes(step.place) + step.offset, 0, step.length);
      mark(step.place, step.offset, step.length, taken);
      break;
    case OP_STORE:
      if (step.length == 8) store<u64>(place_bytes(step.place) + step.offset, step.value);
      else store<u32>(place_bytes(step.place) + step.offset, <u32>step.value);
      mark(step.place, step.offset, step.length, taken);
      if (begins_entry(step)) ps.current_committed++;
      break;
    case OP_COPY:
      copy_place(step.place, step.from, step.offset, step.length, taken);
      break;
    case OP_PENDING:
      ps.pending_count--;
      break;
    case OP_READ_VALID:
      if (!ps.valid) c_at += step.skip;
      break;
  }
  if (step.advances) {
    ps.current_committed = 0;
    ps.current_area++;
  }
}

/** C1: area[current_committed++].old_chunk = …, its first store. */
function begins_entry(step: Step): bool {
  return step.place == PLACE_AREA && step.id == 1 && step.offset % EXCEPTION_BYTES == 0;
}

/** The pstore, and how many steps have been taken. */
export function race_valid(): u32 {
  return ps.valid;
}

export function race_pending(): u32 {
  return ps.pending_count;
}

export function race_current_area(): u32 {
  return ps.current_area;
}

export function race_current_committed(): u32 {
  return ps.current_committed;
}

export function race_taken(): u32 {
  return taken;
}
