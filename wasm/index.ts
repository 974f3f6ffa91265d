/**
 * The core: the only code that knows the store on disk. It does no I/O and prints nothing; the
 * engine feeds it bytes and reads numbers and codes back. One instance serves one store.
 */

import {
  probed_clean_tail,
  probed_ended,
  probed_entries,
  probed_in_order,
  probed_sane,
} from "./forensics/area_probe";
import {
  stray_exceptions,
  stray_first,
  stray_half,
  stray_highest,
  stray_last,
  stray_only,
} from "./forensics/header_chunk";
import { HEADER_BYTES } from "./format/disk_format";
import {
  chunk_size_error,
  overrides_table,
  settled_chunk_size,
  taken_table_chunk,
} from "./kernel/header";
import {
  merge_chunk,
  merge_chunks,
  merge_left,
  merge_new,
  merge_old,
  merge_range_first,
  merge_range_last,
} from "./kernel/merge";
import { gave_up } from "./kernel/snapshot_map";
import { out_of_memory } from "./room";
import { chunk_size, cow_chunks, per_area, piece_size } from "./store";
import { current_area, exceptions, full_areas, next_free } from "./table/exceptions";
import { rows_kept } from "./table/kept_rows";
import { matches } from "./table/matches";

export {
  FINDING_BYTES,
  FINDING_KINDS,
  findings_count,
  findings_pointer,
  findings_recorded,
} from "./findings";
export { probe_area } from "./forensics/area_probe";
export {
  check_header,
  HEADER_CHECKS,
  header_size_accepted,
  size_readable,
} from "./forensics/header_check";
export { look_at_header_chunk } from "./forensics/header_chunk";
export { HEADER_RACES, header_race } from "./forensics/header_race";
export { KEEP_EXCEPTIONS, KEEP_NUMBERS, mask_data, mask_slack } from "./forensics/mask";
export { begin_ends, end_offset, exceptions_by_ends, note_end } from "./forensics/table_ends";
export {
  area_location,
  EXCEPTION_BYTES,
  EXCEPTION_NEW,
  EXCEPTION_OLD,
  exceptions_per_area,
  HEADER_BYTES,
  HEADER_CHUNK_SIZE,
  HEADER_MAGIC,
  HEADER_VALID,
  HEADER_VERSION,
  is_metadata_chunk,
  MAX_CHUNK_SECTORS,
  pack_exceptions,
  pack_header,
  SNAP_MAGIC,
} from "./format/disk_format";
export {
  CHUNK_SIZE_OUTCOMES,
  check_chunk_size,
  HEADER_OUTCOMES,
  read_header,
} from "./kernel/header";
export { MERGE_STOPS, merge, needs_merge } from "./kernel/merge";
export {
  FROM_ORIGIN,
  IO_ERROR,
  load_table,
  load_wanted,
  map_chunks,
  want_chunk,
} from "./kernel/snapshot_map";
export * from "./map/index";
export * from "./race/index";
export * from "./repair/index";
export { limit_memory, reserve_rows, WINDOW_BYTES, window_pointer } from "./room";
export {
  default_chunk_size,
  describe,
  describe_kernel,
  devices_aligned,
  set_store_chunk_size,
} from "./store";
export { first_nonzero } from "./table/area_proof";
export { audit, needs_audit, overflows } from "./table/audit";
export { area_beyond_device, piece_offset, take_pieces } from "./table/chunk_io";
export {
  is_full,
  metadata_sectors,
  needed_sectors,
  room_left,
  sectors_allocated,
} from "./table/exceptions";
export { copy_rows, filter_rows } from "./table/kept_rows";
export {
  look_for,
  MATCH_BAD,
  MATCH_BYTES,
  MATCH_NEW,
  MATCH_OLD,
  matches_kept,
  matches_pointer,
} from "./table/matches";
export { area_of_chunk, holes } from "./table/new_chunks";

const header: usize = memory.data(HEADER_BYTES, 8);

/** Where the engine puts the 16 header bytes. */
export function header_pointer(): usize {
  return header;
}

export function get_settled_chunk_size(): u32 {
  return settled_chunk_size;
}
export function get_chunk_size_error(): u32 {
  return chunk_size_error;
}
export function get_taken_table_chunk(): u32 {
  return taken_table_chunk;
}
export function get_overrides_table(): bool {
  return overrides_table;
}
/** Whether something did not fit into memory, so that counts and findings are not whole. */
export function get_out_of_memory(): bool {
  return out_of_memory;
}
/** Whether every area so far was kept, so that single rows can be asked for. */
export function get_rows_kept(): bool {
  return rows_kept;
}
export function get_chunk_size(): u32 {
  return chunk_size;
}
export function piece_entries(): u32 {
  return piece_size;
}
export function get_per_area(): u32 {
  return per_area;
}
export function get_cow_chunks(): u64 {
  return cow_chunks;
}
export function get_exceptions(): u64 {
  return exceptions;
}
/** How many exceptions matched what was looked for, kept or not. */
export function get_matches(): u64 {
  return matches;
}
export function get_full_areas(): u32 {
  return full_areas;
}
/** ps->current_area: the area being read, or the one the table ended in. */
export function get_current_area(): u32 {
  return current_area;
}
export function get_next_free(): u64 {
  return next_free;
}
export function get_probed_entries(): u32 {
  return probed_entries;
}
export function get_probed_sane(): u32 {
  return probed_sane;
}
export function get_probed_in_order(): u32 {
  return probed_in_order;
}
export function get_probed_ended(): bool {
  return probed_ended;
}
export function get_probed_clean_tail(): bool {
  return probed_clean_tail;
}
/** Whether the table was too tangled to be loaded in reasonable time. */
export function get_gave_up(): bool {
  return gave_up;
}
export function get_stray_exceptions(): u32 {
  return stray_exceptions;
}
export function get_stray_first(): u32 {
  return stray_first;
}
export function get_stray_last(): u32 {
  return stray_last;
}
export function get_stray_half(): bool {
  return stray_half;
}
export function get_stray_only(): bool {
  return stray_only;
}
export function get_stray_highest(): u64 {
  return stray_highest;
}
export function get_merge_left(): u32 {
  return merge_left;
}
export function get_merge_old(): u64 {
  return merge_old;
}
export function get_merge_new(): u64 {
  return merge_new;
}
export function get_merge_chunks(): u32 {
  return merge_chunks;
}
export function get_merge_chunk(): u64 {
  return merge_chunk;
}
export function get_merge_range_first(): u64 {
  return merge_range_first;
}
export function get_merge_range_last(): u64 {
  return merge_range_last;
}
