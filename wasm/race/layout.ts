import { commit } from "./commit";
import { invalidate } from "./invalidate";
import { THREAD_I } from "./machine";
import { Step } from "./step";

/** Where the fields of a Step lie that race_next() points to, for the engine to read. */
export const STEP_ID = <u32>offsetof<Step>("id");
export const STEP_OP = <u32>offsetof<Step>("op");
export const STEP_PLACE = <u32>offsetof<Step>("place");
export const STEP_OFFSET = <u32>offsetof<Step>("offset");
export const STEP_LENGTH = <u32>offsetof<Step>("length");
export const STEP_FROM = <u32>offsetof<Step>("from");
export const STEP_VALUE = <u32>offsetof<Step>("value");
export const STEP_COPY = <u32>offsetof<Step>("copy");

/** All steps of a thread, those of every C6 among them, once its program has been built. */
export function race_program_count(thread: u32): u32 {
  return thread == THREAD_I ? invalidate.count : commit.count;
}
