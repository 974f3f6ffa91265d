import { old_bits, old_max, old_run } from "./area_proof";
import { test_and_set } from "./bits";
import { find, OLD_BEYOND_ORIGIN, OLD_DUPLICATE } from "./findings";
import { origin_chunks } from "./store";

/**
 * Which origin chunks have an exception. The bitmap covers origins of 2^29 chunks (2 TiB at 4 KiB)
 * and is memory only where it is touched; chunks beyond are "far" and settled by the audit.
 */
export const OLD_BITMAP_CHUNKS: u64 = 1 << 29;
const bitmap: usize = heap.alloc(<usize>(OLD_BITMAP_CHUNKS >> 3));

/** Exceptions whose old_chunk the bitmap does not cover. */
export let far_old: u64 = 0;

/** One exception, exactly: is its old_chunk inside the origin, and the only one so far? */
export function mark_old(area: u64, index: u32, old_chunk: u64): void {
  if (old_chunk >= origin_chunks) {
    find(OLD_BEYOND_ORIGIN, area, index, origin_chunks, old_chunk);
  }
  if (old_chunk >= OLD_BITMAP_CHUNKS) far_old++;
  else if (test_and_set(bitmap, old_chunk)) find(OLD_DUPLICATE, area, index, 0, old_chunk);
}

/** `count` entries that prove_in_order() has just been over; `index` is the first one's. */
export function mark_proved(entries: usize, count: u32, area: u64, index: u32): void {
  const limit = min(OLD_BITMAP_CHUNKS, origin_chunks);
  if (old_bits >> 32 != 0 || <u64>old_max >= limit) {
    for (let i: u32 = 0; i < count; i++) {
      mark_old(area, index + i, load<u64>(entries + ((<usize>i) << 4)));
    }
  } else if (!old_run || !mark_run(load<u32>(entries), count)) {
    mark_each(entries, count, area, index);
  }
}

/** Marks `count` chunks from `first` on, word by word. @returns false, and marks none, if one is taken. */
function mark_run(first: u32, count: u32): bool {
  const end = <u64>first + count;
  for (let pass = 0; pass < 2; pass++) {
    for (let at: u64 = first; at < end; at = (at | 63) + 1) {
      const word = bitmap + ((<usize>(at >> 6)) << 3);
      const last = min(at | 63, end - 1);
      const mask = (u64.MAX_VALUE >> (63 - (last - at))) << (at & 63);
      if (pass == 1) store<u64>(word, load<u64>(word) | mask);
      else if (load<u64>(word) & mask) return false;
    }
  }
  return true;
}

/** The bitmap loop for chunks known to be covered; runs inside one word stay in a register. */
function mark_each(entries: usize, count: u32, area: u64, index: u32): void {
  let word = bitmap + ((<usize>(load<u32>(entries) >> 6)) << 3);
  let bits = load<u64>(word);
  const end = entries + ((<usize>count) << 4);
  for (let at = entries; at < end; at += 16) {
    const old_chunk = load<u32>(at);
    const its_word = bitmap + ((<usize>(old_chunk >> 6)) << 3);
    if (its_word != word) {
      store<u64>(word, bits);
      word = its_word;
      bits = load<u64>(word);
    }
    const bit: u64 = (<u64>1) << (<u64>old_chunk & 63);
    if (bits & bit) find(OLD_DUPLICATE, area, index + <u32>((at - entries) >> 4), 0, old_chunk);
    bits |= bit;
  }
  store<u64>(word, bits);
}
