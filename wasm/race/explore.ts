import { Room, room_take } from "../room";
import { build_commit, commit } from "./commit";
import { apply, EFFECT_BYTES, Effect, effect_of, prepare_codes, start_state } from "./effect";
import {
  graph_at,
  graph_clear,
  graph_close,
  graph_open,
  graph_reach,
  NONE,
  node_end,
  node_start,
  ways_to,
} from "./graph";
import { build_invalidate, invalidate } from "./invalidate";
import { limbs_add, limbs_for } from "./limbs";
import { live_for_area, live_for_header, live_old_entries, live_traces } from "./liveness";
import { palette_clear } from "./palette";
import { Program, program_step } from "./program";
import { FLAG_OLD_ENTRIES, FLAG_STRAY_HERE, State, TEARING_FLAGS } from "./state";
import { OP_READ_VALID } from "./step";
import { trace } from "./trace";

/**
 * Every interleaving, by merging equal states: node (i, c) holds the states that i steps of I and
 * c of C can lead to, each with the number of ways to it. A node is filled from the one before it
 * on either side, so one pass over the grid counts them all.
 */
const effects_i = changetype<Room>(memory.data(offsetof<Room>(), 8));
const effects_c = changetype<Room>(memory.data(offsetof<Room>(), 8));
const live_i = changetype<Room>(memory.data(offsetof<Room>(), 8));
const live_c = changetype<Room>(memory.data(offsetof<Room>(), 8));
const scratch = changetype<State>(memory.data(offsetof<State>(), 8));
export let limbs: u32 = 1;

function build_effects(program: Program, room: Room): void {
  room_take(room, program.count * EFFECT_BYTES);
  for (let at: u32 = 0; at < program.count; at++) {
    effect_of(program_step(program, at), changetype<Effect>(room.base + at * EFFECT_BYTES));
  }
}

function build_liveness(): void {
  room_take(live_i, (invalidate.count + 1) * 16);
  for (let i: u32 = 0; i <= invalidate.count; i++) {
    store<u64>(live_i.base + i * 16, live_for_header(i));
    store<u64>(live_i.base + i * 16, live_traces(i), 8);
  }
  room_take(live_c, (commit.count + 1) * 16);
  for (let c: u32 = 0; c <= commit.count; c++) {
    store<u64>(live_c.base + c * 16, live_for_area(c));
    store<u64>(live_c.base + c * 16, live_old_entries(c), 8);
  }
}

/** The words of chunk 0, and the flags of verdicts and traces. */
const ALWAYS_LIVE: u64 = ~(FLAG_OLD_ENTRIES | FLAG_STRAY_HERE | TEARING_FLAGS);

/** What of a state at node (i, c) can still be read: masks over its two halves. */
let live_buffers: u64 = 0;
let live_disk: u64 = 0;

function set_liveness(i: u32, c: u32): void {
  live_buffers = ~0;
  live_disk = ~0;
  if (i == 0) return;
  const header_area: u64 = 0xffff_ffff_0000_0000;
  const c_masks = live_c.base + c * 16;
  const i_masks = live_i.base + i * 16;
  live_buffers = header_area | load<u64>(i_masks) | load<u64>(c_masks);
  live_disk = ALWAYS_LIVE | load<u64>(i_masks, 8) | load<u64>(c_masks, 8);
}

/** Takes every state of node (i, c) one step further, into the open node. @returns false if full. */
function pull(i: u32, c: u32, of_i: bool): bool {
  const effect = effect_at(of_i ? effects_i : effects_c, of_i ? i : c);
  const step = of_i ? program_step(invalidate, i) : program_step(commit, c);
  const end = node_end(i, c);
  for (let record = node_start(i, c); record < end; record++) {
    const from = graph_at(record);
    scratch.buffers = from.state_buffers;
    scratch.disk = from.state_disk;
    scratch.disk = trace(step, scratch, effect.put, i);
    apply(effect, scratch);
    scratch.buffers &= live_buffers;
    scratch.disk &= live_disk;
    const to = graph_reach(scratch);
    if (to == NONE) return false;
    if (of_i) graph_at(record).after_i = to;
    else graph_at(record).after_c = to;
    limbs_add(ways_to(to), ways_to(record), limbs);
  }
  return true;
}

function effect_at(room: Room, at: u32): Effect {
  return changetype<Effect>(room.base + at * EFFECT_BYTES);
}

/** The step of C that leaves out the C6 ending just before its step `c`, or NONE. */
function skipping_to(c: u32): u32 {
  for (let at = c; at-- > 0; ) {
    const step = program_step(commit, at);
    if (step.op == OP_READ_VALID) return at + 1 + step.skip == c ? at : NONE;
  }
  return NONE;
}

function fill_node(i: u32, c: u32, skip_from: u32): bool {
  set_liveness(i, c);
  graph_open(i, c);
  if (i == 0 && c == 0) {
    start_state(scratch);
    store<u64>(ways_to(graph_reach(scratch)), 1);
  }
  let room = i == 0 || pull(i - 1, c, true);
  if (room && c > 0) {
    // C5 reads 1 only before I1: after it, C goes on behind C6 instead of into it.
    const reads_0 = i > 0 && program_step(commit, c - 1).op == OP_READ_VALID;
    if (!reads_0) room = pull(i, c - 1, false);
  }
  if (room && i > 0 && skip_from != NONE) {
    room = pull(i, skip_from, false);
  }
  graph_close(i, c);
  return room;
}

/** Explores all interleavings of the parameters set. @returns false if MAX_STATES did not suffice. */
export function race_explore(): bool {
  build_invalidate();
  build_commit();
  palette_clear();
  prepare_codes();
  build_effects(invalidate, effects_i);
  build_effects(commit, effects_c);
  build_liveness();
  limbs = limbs_for(invalidate.count, commit.count);
  graph_clear(invalidate.count, commit.count, limbs);
  for (let c: u32 = 0; c <= commit.count; c++) {
    const skip_from = skipping_to(c);
    for (let i: u32 = 0; i <= invalidate.count; i++) {
      if (!fill_node(i, c, skip_from)) return false;
    }
  }
  return true;
}
