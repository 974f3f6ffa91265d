import { test_and_set, test_bit } from "../bits";
import {
  find,
  find_extra,
  NEW_BEYOND_DEVICE,
  NEW_DUPLICATE,
  NEW_METADATA,
  NEW_TOP_BYTE,
  ORDER,
} from "../findings";
import {
  DM_CHUNK_NUMBER_MASK,
  is_metadata_chunk,
  NUM_SNAPSHOT_HDR_CHUNKS,
} from "../format/disk_format";
import { cow_chunks, per_area } from "../store";
import { area_in_order, area_marks, make_area_marks } from "./areas";

/**
 * Exceptions outside the quick proof, one by one: is new_chunk a data chunk of this device, and
 * the only one? Chunks a little ahead of the area being read are marked in bitmaps (before 3.13 a
 * commit could overtake another); any further ahead is "far" and settled by the audit.
 */
const NEAR_AREAS: u64 = 64;

/** Exceptions whose new_chunk lies too far ahead to be marked. */
export let far_new: u64 = 0;
/** Exceptions with bits 56–63 of new_chunk set: they act as runs in memory. */
export let top_byte: u64 = 0;
/** Data chunks on the device named at least once, and the highest of them. */
export let named: u64 = 0;
export let highest: u64 = 0;

let previous: u64 = 0;

/** Entries that the quick proof settled: `count` chunks up to `last`, all named for the first time. */
export function note_proved(count: u32, last: u64): void {
  named += count;
  highest = max(highest, last);
  previous = last;
}

/** @returns the area whose data chunks include `chunk` (a data chunk). */
export function area_of_chunk(chunk: u64): u64 {
  return (chunk - NUM_SNAPSHOT_HDR_CHUNKS) / (<u64>per_area + 1);
}
/** @returns which entry of its area would name `chunk` if all were in order. */
export function slot_of_chunk(chunk: u64): u32 {
  return <u32>((chunk - NUM_SNAPSHOT_HDR_CHUNKS) % (<u64>per_area + 1)) - 1;
}

export function is_far(area: u64, chunk: u64): bool {
  return area_of_chunk(chunk) > area + NEAR_AREAS;
}

/** Whether the chunk number of a new_chunk can be data: on the device, no header, no metadata. */
export function is_data_chunk(number: u64): bool {
  return number < cow_chunks && number != 0 && !is_metadata_chunk(number, per_area);
}

/** Whether an entry read so far, in order or marked, names `chunk` (a data chunk). */
export function is_named(chunk: u64): bool {
  const area = area_of_chunk(chunk);
  if (area > <u64>u32.MAX_VALUE) return false;
  const slot = slot_of_chunk(chunk);
  if (slot < area_in_order(<u32>area)) return true;
  const marks = area_marks(<u32>area);
  return marks != 0 && test_bit(marks, slot);
}

/** @param old_chunk which origin chunk cannot be read where new_chunk lies past the device. */
export function mark_new(area: u64, index: u32, new_chunk: u64, old_chunk: u64): void {
  const number = new_chunk & DM_CHUNK_NUMBER_MASK;
  if (number != new_chunk) {
    top_byte++;
    find(NEW_TOP_BYTE, area, index, number, new_chunk);
  }
  if (number >= cow_chunks) {
    find(NEW_BEYOND_DEVICE, area, index, cow_chunks, new_chunk);
    find_extra(old_chunk);
    return;
  }
  if (number == 0 || is_metadata_chunk(number, per_area)) {
    find(NEW_METADATA, area, index, 0, new_chunk);
    return;
  }
  if (number < previous) find(ORDER, area, index, previous, number);
  previous = number;
  highest = max(highest, number);
  if (is_far(area, number)) {
    far_new++;
    return;
  }
  if (is_named(number)) {
    find(NEW_DUPLICATE, area, index, 0, number);
    return;
  }
  named++;
  const marks = make_area_marks(<u32>area_of_chunk(number), per_area);
  if (marks) test_and_set(marks, slot_of_chunk(number));
}

/** The audit found `count` far chunks that nothing else names. */
export function note_far_named(count: u64): void {
  named += count;
}

/** Data chunks below the highest one that no exception names: allocated, and lost (230c83af). */
export function holes(): u64 {
  if (highest < 2) return 0;
  const data_chunks = highest - 1 - (highest - 1) / (<u64>per_area + 1);
  return data_chunks - min(named, data_chunks);
}
