import { test_and_set } from "../bits";
import { find, OLD_BEYOND_ORIGIN, OLD_DUPLICATE } from "../findings";
import { Room, room_grows } from "../room";
import { origin_chunks } from "../store";
import { BLOCK, old_max, run_starts } from "./area_proof";

/**
 * Which origin chunks have an exception. The bitmap grows with the chunks that are named, up to
 * 2^29 of them (2 TiB at 4 KiB); chunks beyond are "far" and settled by the audit.
 */
export const OLD_BITMAP_CHUNKS: u64 = 1 << 29;
const bitmap = changetype<Room>(memory.data(offsetof<Room>(), 8));
/** Chunks that it covers as it is. */
let covered: u64 = 0;
const LEAST_COVERED: u64 = 1 << 15;

/** Makes the bitmap cover `old_chunk` (below OLD_BITMAP_CHUNKS). @returns whether it fits into memory. */
function cover(old_chunk: u64): bool {
  if (old_chunk < covered) return true;
  let wanted = max(LEAST_COVERED, covered);
  while (wanted <= old_chunk) wanted <<= 1;
  if (!room_grows(bitmap, wanted >> 3, <usize>(covered >> 3))) return false;
  covered = wanted;
  return true;
}

/** Exceptions whose old_chunk the bitmap does not cover. */
export let far_old: u64 = 0;

/** One exception, exactly: is its old_chunk inside the origin, and the only one so far? */
export function mark_old(area: u64, index: u32, old_chunk: u64): void {
  if (old_chunk >= origin_chunks) {
    find(OLD_BEYOND_ORIGIN, area, index, origin_chunks, old_chunk);
  }
  if (old_chunk >= OLD_BITMAP_CHUNKS) far_old++;
  else if (cover(old_chunk) && test_and_set(bitmap.base, old_chunk)) {
    find(OLD_DUPLICATE, area, index, 0, old_chunk);
  }
}

/** `count` entries that prove_in_order() has just been over; `index` is the first one's. */
export function mark_proved(entries: usize, count: u32, area: u64, index: u32): void {
  const limit = min(OLD_BITMAP_CHUNKS, origin_chunks);
  if (<u64>old_max >= limit) {
    for (let i: u32 = 0; i < count; i++) {
      mark_old(area, index + i, load<u64>(entries + ((<usize>i) << 4)));
    }
    return;
  }
  if (!cover(old_max)) return;
  for (let i: u32 = 0; i < count; i += BLOCK) {
    const starts = load<u64>(run_starts + ((<usize>(i >> 6)) << 3));
    mark_runs(starts, entries + ((<usize>i) << 4), min(BLOCK, count - i), area, index + i);
  }
}

/**
 * Up to BLOCK entries whose chunks the bitmap covers: each run is marked with one or two words.
 * @param starts which of them begin a run.
 */
function mark_runs(starts: u64, entries: usize, count: u32, area: u64, index: u32): void {
  while (starts) {
    const from = <u32>ctz(starts);
    starts &= starts - 1;
    const to = starts ? <u32>ctz(starts) : count;
    const first = load<u32>(entries + ((<usize>from) << 4));
    const word = bitmap.base + ((<usize>(first >> 6)) << 3);
    const ones = u64.MAX_VALUE >> (64 - (to - from));
    const shift = <u64>first & 63;
    const low = ones << shift;
    const bits = load<u64>(word);
    store<u64>(word, bits | low);
    let taken = bits & low;
    if (shift + (to - from) > 64) {
      const high = ones >> (64 - shift);
      const more = load<u64>(word, 8);
      store<u64>(word, more | high, 8);
      taken |= more & high;
      if (taken) find_taken(first, from, to, area, index, bits, more);
    } else if (taken) {
      find_taken(first, from, to, area, index, bits, 0);
    }
  }
}

/** The entries of a run that are marked already. @param low, high the bitmap's words before it. */
function find_taken(
  first: u32,
  from: u32,
  to: u32,
  area: u64,
  index: u32,
  low: u64,
  high: u64,
): void {
  for (let i = from; i < to; i++) {
    const bit = (first & 63) + (i - from);
    const taken = bit < 64 ? (low >> bit) & 1 : (high >> (bit - 64)) & 1;
    if (taken) find(OLD_DUPLICATE, area, index + i, 0, first + (i - from));
  }
}
