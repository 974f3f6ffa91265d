import { Room, room_take } from "../room";
import { commit } from "./commit";
import { count_completions, is_averted, is_sealed, wanted_from, ways_from } from "./completions";
import { limbs } from "./explore";
import { graph_at, NONE, node_end, node_start, ways_to } from "./graph";
import { invalidate } from "./invalidate";
import { limbs_add_product, WIDE_LIMBS } from "./limbs";

/**
 * The progress graph: for each node (i, c), how many schedules pass it, how many of those end as
 * wanted, and how many of those have their fate sealed by the step of I, of C, that leaves it.
 */
export const NODE_THROUGH: u32 = 0;
export const NODE_WANTED: u32 = 1;
export const NODE_SEALED_BY_I: u32 = 2;
export const NODE_SEALED_BY_C: u32 = 3;
/** Schedules for which the step rules the ending out. */
export const NODE_AVERTED_BY_I: u32 = 4;
export const NODE_AVERTED_BY_C: u32 = 5;
const NUMBERS: u32 = 6;

const room = changetype<Room>(memory.data(offsetof<Room>(), 8));

function number_at(i: u32, c: u32, which: u32): usize {
  const node = c * (invalidate.count + 1) + i;
  return room.base + (node * NUMBERS + which) * WIDE_LIMBS * 8;
}

/** Fills the graph for the endings wanted, after race_explore(). */
export function race_progress(): void {
  count_completions();
  const nodes = (invalidate.count + 1) * (commit.count + 1);
  const bytes = nodes * NUMBERS * WIDE_LIMBS * 8;
  memory.fill(room_take(room, bytes), 0, bytes);
  for (let c: u32 = 0; c <= commit.count; c++) {
    for (let i: u32 = 0; i <= invalidate.count; i++) fill(i, c);
  }
}

function fill(i: u32, c: u32): void {
  const end = node_end(i, c);
  for (let record = node_start(i, c); record < end; record++) {
    const ways = ways_to(record);
    limbs_add_product(number_at(i, c, NODE_THROUGH), ways, ways_from(record), limbs);
    limbs_add_product(number_at(i, c, NODE_WANTED), ways, wanted_from(record), limbs);
    if (is_sealed(record) || is_averted(record)) continue;
    const reached = graph_at(record);
    decide(i, c, record, reached.after_i, NODE_SEALED_BY_I, NODE_AVERTED_BY_I);
    decide(i, c, record, reached.after_c, NODE_SEALED_BY_C, NODE_AVERTED_BY_C);
  }
}

/** Adds the schedules from an undecided state to `next`, if all ways on from there agree. */
function decide(i: u32, c: u32, record: u32, next: u32, sealed: u32, averted: u32): void {
  if (next == NONE) return;
  const which = is_sealed(next) ? sealed : averted;
  if (which == averted && !is_averted(next)) return;
  limbs_add_product(number_at(i, c, which), ways_to(record), ways_from(next), limbs);
}

export function race_progress_limb(i: u32, c: u32, which: u32, limb: u32): u64 {
  return load<u64>(number_at(i, c, which) + limb * 8);
}
