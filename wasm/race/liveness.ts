import { commit } from "./commit";
import { invalidate } from "./invalidate";
import { params } from "./params";
import { Program, program_step } from "./program";
import { FLAG_OLD_ENTRIES, FLAG_STRAY_HERE, TEARING_FLAGS, word_bits } from "./state";
import { FRONT_BYTES, FRONT_WORDS, OP_COPY, OP_MEMSET, OP_READ_VALID, OP_STORE } from "./step";

/**
 * Which parts of a state can still be read. What no later step reads is cleared, so that states
 * that differ only there are one; that is exact, and keeps a node's states few.
 *
 * Header words never die on disk, and header_area holds the same in every interleaving. The words
 * of `area` are read by I7 (before the fix) and by C6. Once I has begun, a C6 that has not been
 * entered never will be (C5 reads 0), so after I1 the only C6 left is one that C is inside of.
 */

/** The area words that the steps of `program` from `from` to before `end` copy somewhere. */
function copied_words(program: Program, from: u32, end: u32): u64 {
  let words: u64 = 0;
  for (let at = from; at < end; at++) {
    const step = program_step(program, at);
    if (step.op != OP_COPY) continue;
    const last = min(step.offset + step.length, FRONT_BYTES) / 4;
    for (let word = step.offset / 4; word < last; word++) words |= word_bits(word);
  }
  return words;
}

/** Area words that I7 still reads, after `i` steps of I, and that I itself will not store before. */
export function live_for_header(i: u32): u64 {
  if (params.fixed) return 0;
  let stored: u64 = 0;
  for (let at: u32 = 0; at < i; at++) {
    const step = program_step(invalidate, at);
    if (step.op == OP_STORE) stored |= word_bits(step.offset / 4);
  }
  return copied_words(invalidate, i, invalidate.count) & stored;
}

/** How many words of the front I7 has copied, after `i` steps of I. */
export function front_copied(i: u32): u32 {
  const left = copied_words(invalidate, i, invalidate.count);
  return FRONT_WORDS - popcnt<u32>(<u32>left) / 8;
}

/** Which trace flags I7 still asks about, after `i` steps of I. */
export function live_traces(i: u32): u64 {
  const copied = front_copied(i);
  const tearing: u64 = copied > 0 && copied < FRONT_WORDS ? TEARING_FLAGS : 0;
  return tearing | (rest_lies_between(i) ? FLAG_STRAY_HERE : 0);
}

/** Whether I2 has cleared the rest of the buffer and I7 has not copied it yet. */
function rest_lies_between(i: u32): bool {
  let cleared = false;
  for (let at: u32 = 0; at < i; at++) {
    const step = program_step(invalidate, at);
    const rest = step.offset + step.length > FRONT_BYTES || step.offset == FRONT_BYTES;
    if (rest && step.op == OP_MEMSET) cleared = true;
    if (rest && step.op == OP_COPY) return false;
  }
  return cleared;
}

/** The end of the C6 that step `c` of C lies in (first step included), or 0. */
function area_io_end(c: u32): u32 {
  for (let at = c; at-- > 0; ) {
    const step = program_step(commit, at);
    if (step.op == OP_READ_VALID) return c <= at + step.skip ? at + 1 + step.skip : 0;
  }
  return 0;
}

/** Area words that the C6 begun before I1 still reads, when C stands before its step `c`. */
export function live_for_area(c: u32): u64 {
  const end = area_io_end(c);
  return end ? copied_words(commit, c, end) : 0;
}

/** Whether that C6 still reads the old entries behind the first. */
export function live_old_entries(c: u32): u64 {
  return c < area_io_end(c) ? FLAG_OLD_ENTRIES : 0;
}
