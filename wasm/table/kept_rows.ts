import { piece_size } from "../store";
import { area_entries, keep_entries } from "./areas";
import { exceptions } from "./exceptions";

/**
 * The table as it was read, for those who look at single rows: a row is an exception, counted from
 * 0 through all areas. 16 bytes each, where the areas' own bytes were put.
 */

/** Whether every piece so far was kept. */
export let rows_kept: bool = true;

/** Notes that piece `piece` (an area, or piece_size entries of one) is kept at `entries`. */
export function keep_piece(piece: u32, entries: usize): void {
  rows_kept = keep_entries(piece, entries) && rows_kept;
}

/** A piece goes by that is not kept: no row can be asked for any more. */
export function drop_rows(): void {
  rows_kept = false;
}

/** @returns where row `row` lies; the caller sees to it that rows are kept and `row` exists. */
export function row_entry(row: u32): usize {
  return area_entries(row / piece_size) + ((<usize>(row % piece_size)) << 4);
}

/**
 * Copies `count` rows from `first` on to `to`.
 * @returns how many there were; none where rows are not kept.
 */
export function copy_rows(first: u32, count: u32, to: usize): u32 {
  if (!rows_kept) return 0;
  const end = <u32>min<u64>(<u64>first + count, exceptions);
  for (let row = first; row < end; row++) {
    memory.copy(to + ((<usize>(row - first)) << 4), row_entry(row), 16);
  }
  return end > first ? end - first : 0;
}

/**
 * Rows whose chunks lie in both ranges (ends included): writes the first `room` row numbers (u32)
 * to `to`. @returns how many match in all; none where rows are not kept.
 */
export function filter_rows(
  old_first: u64,
  old_last: u64,
  new_first: u64,
  new_last: u64,
  to: usize,
  room: u32,
): u32 {
  let found: u32 = 0;
  if (!rows_kept) return 0;
  for (let row: u32 = 0, end = <u32>exceptions; row < end; row++) {
    const entry = row_entry(row);
    const old_chunk = load<u64>(entry, 0);
    const new_chunk = load<u64>(entry, 8);
    if (old_chunk < old_first || old_chunk > old_last) continue;
    if (new_chunk < new_first || new_chunk > new_last) continue;
    if (found < room) store<u32>(to + ((<usize>found) << 2), row);
    found++;
  }
  return found;
}
