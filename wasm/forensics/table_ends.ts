import {
  area_location,
  EXCEPTION_BYTES,
  EXCEPTION_NEW,
  is_metadata_chunk,
  SECTOR_SHIFT,
} from "../format/disk_format";
import { chunk_size, cow_chunks, NONE, per_area } from "../store";
import { exceptions } from "../table/exceptions";

/**
 * Where a table ends, told by single entries of it, long before all are read. read_exceptions() goes
 * on until an entry has new_chunk 0: so of a table that a kernel wrote every area is full but the
 * last one, whose rest is zeros (zero_disk_area()). The end is found by the last entries of areas
 * ever farther off, then between two of those, then within the area. What lies between was not
 * looked at: no verdict rests on the answer.
 */

/** Entries counted from 0 over all areas: the one before `low` is an exception … */
let low: u64 = 0;
/** … and this one is none, or lies beyond the device. */
let high: u64 = 0;
/** What the entry `high` is. */
let high_is: u32 = 0;
const IS_FREE: u32 = 0;
/** Neither free nor an exception: the table is damaged, or `high` was never a part of it. */
const IS_FOREIGN: u32 = 1;
const IS_BEYOND: u32 = 2;
/** No last entry of an area has been met yet that is no exception. */
let goes_on: bool = false;

/** Goes by what has been read, which must be something, and not the table's end. */
export function begin_ends(): void {
  const whole_areas = (cow_chunks - 2) / (<u64>per_area + 1) + 1;
  low = exceptions;
  high = whole_areas * per_area;
  high_is = IS_BEYOND;
  goes_on = true;
}

/** Whether low and high lie in one area. */
function within_area(): bool {
  return high / per_area == low / per_area;
}

/** The entry to look at next; NONE where there is none. */
function next_entry(): u64 {
  if (within_area()) return high_is != IS_FREE || low == high ? NONE : (low + high) >> 1;
  const first = low / per_area;
  const behind = high / per_area;
  const area = goes_on ? min(2 * first, behind - 1) : (first + behind) >> 1;
  return (area + 1) * per_area - 1;
}

/** @returns where the entry lies that is to be looked at next, in bytes; -1: all is settled. */
export function end_offset(): f64 {
  const entry = next_entry();
  if (entry == NONE) return -1;
  const chunk = area_location(entry / per_area, per_area);
  return <f64>(((chunk * chunk_size) << SECTOR_SHIFT) + (entry % per_area) * EXCEPTION_BYTES);
}

/** @param entry the bytes at end_offset(). */
export function note_end(entry: usize): void {
  const at = next_entry();
  const new_chunk = load<u64>(entry, EXCEPTION_NEW);
  if (is_data_chunk(new_chunk)) {
    low = at + 1;
    return;
  }
  goes_on = false;
  high = at;
  high_is = new_chunk == 0 ? IS_FREE : IS_FOREIGN;
}

function is_data_chunk(chunk: u64): bool {
  return chunk >= 2 && chunk < cow_chunks && !is_metadata_chunk(chunk, per_area);
}

/** How many exceptions the table has, so far as the ends show; NONE where they do not look right. */
export function exceptions_by_ends(): u64 {
  return within_area() && low == high && high_is == IS_FREE ? low : NONE;
}
