import { DM_CHUNK_NUMBER_MASK } from "../format/disk_format";
import { NONE, origin_chunks } from "../store";
import { exceptions } from "../table/exceptions";
import { row_entry, rows_kept } from "../table/kept_rows";

/**
 * The table as a log: persistent_commit_exception() writes exceptions in the order in which their
 * copies were done, so row against old_chunk shows where on the origin was written, and when.
 */
const lengths = memory.data(65 * 4, 4);

/**
 * Where the axis of old_chunk ends: at the end of the origin; where that is not known, behind the
 * highest chunk among 99 of 100 exceptions, so that one wild number does not squeeze all others.
 */
export function history_old_end(): u64 {
  if (origin_chunks != NONE) return origin_chunks;
  if (!rows_kept) return 0;
  const rows = <u32>exceptions;
  memory.fill(lengths, 0, 65 * 4);
  for (let row: u32 = 0; row < rows; row++) {
    const slot = lengths + ((<usize>(64 - clz(load<u64>(row_entry(row))))) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
  let longest: u64 = 0;
  let within: u64 = load<u32>(lengths);
  while (within * 100 < <u64>rows * 99) within += load<u32>(lengths + ((<usize>++longest) << 2));
  let highest: u64 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    const old_chunk = load<u64>(row_entry(row));
    if (64 - clz(old_chunk) <= longest) highest = max(highest, old_chunk);
  }
  return highest == NONE ? NONE : highest + 1;
}

/**
 * Counts the rows [first, end) in a grid of `columns` by `lines` (u32 each at `to`, line by line):
 * columns are equal runs of rows, lines equal runs of old_chunk below `old_end`, the first the lowest.
 * @returns how many rows lie above the grid.
 */
export function history_grid(
  first: u32,
  end: u32,
  old_end: u64,
  columns: u32,
  lines: u32,
  to: usize,
): u32 {
  memory.fill(to, 0, (<usize>columns * lines) << 2);
  if (!rows_kept || old_end == 0) return 0;
  const scale = <f64>lines / <f64>old_end;
  const rows = <u64>(end - first);
  let above: u32 = 0;
  for (let column: u32 = 0; column < columns; column++) {
    const stop = first + <u32>((rows * (column + 1)) / columns);
    for (let row = first + <u32>((rows * column) / columns); row < stop; row++) {
      const old_chunk = load<u64>(row_entry(row));
      if (old_chunk >= old_end) {
        above++;
        continue;
      }
      const line = min(lines - 1, <u32>(<f64>old_chunk * scale));
      const cell = to + ((<usize>line * columns + column) << 2);
      store<u32>(cell, load<u32>(cell) + 1);
    }
  }
  return above;
}

/** @returns the first of the rows [first, end) whose old_chunk lies in [old_first, old_end); `end`: none. */
export function history_row(first: u32, end: u32, old_first: u64, old_end: u64): u32 {
  if (!rows_kept) return end;
  for (let row = first; row < end; row++) {
    const old_chunk = load<u64>(row_entry(row));
    if (old_chunk >= old_first && old_chunk < old_end) return row;
  }
  return end;
}

/**
 * Rows whose new_chunk is `chunk`: writes the first `room` of them (u32) to `to`.
 * @returns how many there are.
 */
export function rows_naming(chunk: u64, to: usize, room: u32): u32 {
  let found: u32 = 0;
  if (!rows_kept) return 0;
  for (let row: u32 = 0, end = <u32>exceptions; row < end; row++) {
    if ((load<u64>(row_entry(row), 8) & DM_CHUNK_NUMBER_MASK) != chunk) continue;
    if (found < room) store<u32>(to + ((<usize>found) << 2), row);
    found++;
  }
  return found;
}
