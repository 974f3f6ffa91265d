import { Room, room_take } from "../room";
import { limbs } from "./explore";
import { graph_at, graph_count, NONE } from "./graph";
import { limbs_add, limbs_equal, limbs_zero } from "./limbs";
import { final_end, final_start } from "./tally";
import { is_wanted } from "./wanted";

/**
 * Looking back from the end: for each state, in how many ways the threads can go on from it, and
 * how many of those end as wanted. A state whose two numbers are equal has its fate sealed.
 */
const room = changetype<Room>(memory.data(offsetof<Room>(), 8));

function at(record: u32, which: u32): usize {
  return room.base + <usize>(record * 2 + which) * limbs * 8;
}

/** All ways to go on from a state. */
export function ways_from(record: u32): usize {
  return at(record, 0);
}

/** Those that end as wanted. */
export function wanted_from(record: u32): usize {
  return at(record, 1);
}

/** Counts them for every state, last to first. */
export function count_completions(): void {
  const bytes = <usize>graph_count() * 2 * limbs * 8;
  memory.fill(room_take(room, bytes), 0, bytes);
  for (let record = final_start(); record < final_end(); record++) {
    store<u64>(ways_from(record), 1);
    if (is_wanted(record)) store<u64>(wanted_from(record), 1);
  }
  for (let record = graph_count(); record-- > 0; ) {
    const reached = graph_at(record);
    add_from(record, reached.after_i);
    add_from(record, reached.after_c);
  }
}

function add_from(record: u32, next: u32): void {
  if (next == NONE) return;
  limbs_add(ways_from(record), ways_from(next), limbs);
  limbs_add(wanted_from(record), wanted_from(next), limbs);
}

/** Whether every way on from a state ends as wanted. */
export function is_sealed(record: u32): bool {
  return limbs_equal(ways_from(record), wanted_from(record), limbs);
}

/** Whether none does. */
export function is_averted(record: u32): bool {
  return limbs_zero(wanted_from(record), limbs);
}
