import { row_entry } from "./kept_rows";

/** Key of a row: 8 bytes at `offset` of its entry, the bits outside `mask` left out. */
let key_offset: usize = 0;
let key_mask: u64 = 0;

export function row_key(row: u32): u64 {
  return load<u64>(row_entry(row) + key_offset) & key_mask;
}

/**
 * Sorts row numbers (u32) in place by their key: American flag sort, byte by byte from the top, so
 * that neither memory nor time depends on what the keys are. Not stable.
 */
export function sort_rows(rows: usize, count: u32, offset: usize, mask: u64): void {
  key_offset = offset;
  key_mask = mask;
  sort_from_byte(rows, count, 7);
}

function digit_of(row: u32, byte: i32): u32 {
  return <u32>(row_key(row) >> <u64>(byte << 3)) & 255;
}

function sort_from_byte(rows: usize, count: u32, byte: i32): void {
  if (count < 24) {
    insertion_sort(rows, count);
    return;
  }
  const starts = memory_frame(byte);
  const ends = starts + 257 * 4;
  memory.fill(starts, 0, 257 * 4);
  for (let i: u32 = 0; i < count; i++) {
    const slot = starts + ((digit_of(load<u32>(rows + (i << 2)), byte) + 1) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
  for (let d: u32 = 0; d < 256; d++) {
    const slot = starts + (d << 2);
    store<u32>(slot, load<u32>(slot) + load<u32>(slot, 4), 4);
  }
  memory.copy(ends, starts, 256 * 4);
  for (let d: u32 = 0; d < 256; d++) {
    const stop = load<u32>(starts + (d << 2), 4);
    const head = ends + (d << 2);
    while (load<u32>(head) < stop) {
      const at = rows + (load<u32>(head) << 2);
      const row = load<u32>(at);
      const digit = digit_of(row, byte);
      const its_head = ends + (digit << 2);
      const place = rows + (load<u32>(its_head) << 2);
      store<u32>(its_head, load<u32>(its_head) + 1);
      if (digit != d) {
        store<u32>(at, load<u32>(place));
        store<u32>(place, row);
      }
    }
  }
  if (byte == 0) return;
  for (let d: u32 = 0; d < 256; d++) {
    const from = load<u32>(starts + (d << 2));
    const size = load<u32>(starts + (d << 2), 4) - from;
    if (size > 1) sort_from_byte(rows + (from << 2), size, byte - 1);
  }
}

/** Counters for one level of the recursion; a level is used by one call at a time. */
const frames = memory.data(8 * 2 * 257 * 4, 8);
function memory_frame(byte: i32): usize {
  return frames + <usize>byte * 2 * 257 * 4;
}

function insertion_sort(rows: usize, count: u32): void {
  for (let i: u32 = 1; i < count; i++) {
    const row = load<u32>(rows + (i << 2));
    const key = row_key(row);
    let j = i;
    while (j > 0 && row_key(load<u32>(rows + ((j - 1) << 2))) > key) {
      store<u32>(rows + (j << 2), load<u32>(rows + ((j - 1) << 2)));
      j--;
    }
    store<u32>(rows + (j << 2), row);
  }
}
