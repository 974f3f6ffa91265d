import { wanted_from, ways_from } from "./completions";
import { limbs } from "./explore";
import { graph_at, NONE } from "./graph";
import { THREAD_I } from "./machine";

/** Walks one schedule through the explored states: how its future narrows, step by step. */
let record: u32 = 0;

export function race_fate_start(): void {
  record = 0;
}

/** Goes on with a step of a thread. @returns false if it has ended. */
export function race_fate_step(thread: u32): bool {
  const reached = graph_at(record);
  const next = thread == THREAD_I ? reached.after_i : reached.after_c;
  if (next == NONE) return false;
  record = next;
  return true;
}

/** 64 bits of the number of ways on from here. Call after race_progress(). */
export function race_fate_ways_limb(limb: u32): u64 {
  return limb < limbs ? load<u64>(ways_from(record) + limb * 8) : 0;
}

/** Of those, the ones that end as wanted. */
export function race_fate_wanted_limb(limb: u32): u64 {
  return limb < limbs ? load<u64>(wanted_from(record) + limb * 8) : 0;
}
