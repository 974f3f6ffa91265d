import { Room, room_take } from "../room";
import { graph_at, graph_count, NONE } from "./graph";
import { THREAD_C, THREAD_I } from "./machine";
import { final_end, final_start } from "./tally";
import { is_wanted } from "./wanted";

/**
 * The schedule with the fewest switches between the threads that ends as wanted; of several, the
 * first in the alphabet (C before I). For each state and the thread that ran last: the fewest
 * switches still to come. I has at most 15 steps, so 31 switches at most; 255 means never.
 */
const NEVER: u32 = 255;
const room = changetype<Room>(memory.data(offsetof<Room>(), 8));

function fewest(record: u32, last: u32): u32 {
  return load<u8>(room.base + record * 2 + last);
}

/** The fewest switches if `thread` runs next, `last` having run before it. */
function via(record: u32, last: u32, thread: u32): u32 {
  const next = after(record, thread);
  if (next == NONE) return NEVER;
  const to_come = fewest(next, thread);
  return to_come == NEVER ? NEVER : to_come + u32(thread != last);
}

function after(record: u32, thread: u32): u32 {
  const reached = graph_at(record);
  return thread == THREAD_I ? reached.after_i : reached.after_c;
}

function look_back(): void {
  room_take(room, graph_count() * 2);
  for (let record = graph_count(); record-- > 0; ) {
    for (let last = THREAD_I; last <= THREAD_C; last++) {
      let best = min(via(record, last, THREAD_I), via(record, last, THREAD_C));
      if (record >= final_start() && record < final_end() && is_wanted(record)) best = 0;
      store<u8>(room.base + record * 2 + last, <u8>best);
    }
  }
}

let record: u32 = 0;
let last: u32 = 0;

/** Looks for the witness. @returns its switches, or 255 if no schedule ends as wanted. */
export function race_witness(): u32 {
  look_back();
  // Whoever runs first has not switched to it: start as the thread that will run first.
  const as_c = via(0, THREAD_C, THREAD_C);
  const as_i = via(0, THREAD_I, THREAD_I);
  record = 0;
  last = as_c <= as_i ? THREAD_C : THREAD_I;
  return min(as_c, as_i);
}

/** @returns the witness's next thread (0 = I, 1 = C), or 2 at its end. Call after race_witness(). */
export function race_witness_next(): u32 {
  const by_c = via(record, last, THREAD_C);
  const by_i = via(record, last, THREAD_I);
  if (by_c == NEVER && by_i == NEVER) return 2;
  last = by_c <= by_i ? THREAD_C : THREAD_I;
  record = after(record, last);
  return last;
}
