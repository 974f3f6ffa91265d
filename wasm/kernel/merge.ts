import { findings_count, NEW_BEYOND_DEVICE, OLD_BEYOND_ORIGIN, OLD_DUPLICATE } from "../findings";
import { DM_CHUNK_NUMBER_BITS, EXCEPTION_NEW, EXCEPTION_OLD } from "../format/disk_format";
import { out_of_memory } from "../room";
import { chunk_size, cow_sectors, NONE, origin_sectors, per_area } from "../store";
import { needs_audit } from "../table/audit";
import { exceptions } from "../table/exceptions";
import { row_entry, rows_kept } from "../table/kept_rows";
import { dm_lookup_exception, dm_remove_exception, steps } from "./exception_table";
import { load_rows, STEP_LIMIT } from "./load_rows";

/**
 * Merging a store into its origin: snapshot_merge_next_chunks(), merge_callback() and
 * __remove_single_exception_chunk() of dm-snap.c, over persistent_prepare_merge() and
 * persistent_commit_merge() of dm-snap-persistent.c. Nothing is copied: what counts is where it
 * stops, and what of the table is left by then.
 */
export const MERGE_DONE: u32 = 0;
/** kcopyd cannot read the run from the COW device, or write it to the origin. */
export const MERGE_READ_ERROR: u32 = 1;
export const MERGE_WRITE_ERROR: u32 = 2;
/** The run is merged and cleared on the disk; then the table in memory does not know it so. */
export const MERGE_NOT_IN_MEMORY: u32 = 3;
export const MERGE_MIDDLE_OF_RUN: u32 = 4;
/** The rows were not kept, do not fit, or are too tangled to be loaded in reasonable time. */
export const MERGE_UNKNOWN: u32 = 5;
export const MERGE_STOPS: u32 = 6;

/** Exceptions still on the disk where it stops. */
export let merge_left: u32 = 0;
/** The run at which it stops: its first chunk of the origin, of the COW device, and its length. */
export let merge_old: u64 = 0;
export let merge_new: u64 = 0;
export let merge_chunks: u32 = 0;
/** The chunk that the table in memory does not know so, and the range in whose middle it lies. */
export let merge_chunk: u64 = 0;
export let merge_range_first: u64 = 0;
export let merge_range_last: u64 = 0;

/** kcopyd: a job is split in parts of 512 KiB (dm_kcopyd_subjob_size_kb), eight of them at a time. */
const SPLIT_COUNT: u64 = 8;
const SUB_JOB_SECTORS: u64 = 1024;

/**
 * Merges the table that was read, from its last exception on.
 * @param chunk_shift of the chunk size in force. @returns MERGE_*
 */
export function merge(chunk_shift: u32): u32 {
  merge_left = <u32>exceptions;
  if (!rows_kept || !load_rows(merge_left) || out_of_memory) return MERGE_UNKNOWN;
  while (merge_left) {
    prepare_merge();
    let stop = copy_run(chunk_shift);
    if (stop != MERGE_DONE) return stop;
    // commit_merge(): cleared on the disk before it goes in memory
    merge_left -= merge_chunks;
    stop = remove_run();
    if (steps > STEP_LIMIT) return MERGE_UNKNOWN;
    if (stop != MERGE_DONE) return stop;
  }
  return MERGE_DONE;
}

/**
 * Whether merge() is needed to know how merging ends. Not where every exception names a chunk of
 * the device, and another chunk of the origin: merging then undoes in memory what loading did, step
 * by step, and comes to the end.
 */
export function needs_merge(): bool {
  return (
    needs_audit() ||
    findings_count(OLD_DUPLICATE) != 0 ||
    findings_count(OLD_BEYOND_ORIGIN) != 0 ||
    findings_count(NEW_BEYOND_DEVICE) != 0
  );
}

/** persistent_prepare_merge(): the consecutive chunks at the end of the last area in use. */
function prepare_merge(): void {
  const last = row_entry(merge_left - 1);
  const last_old = load<u64>(last, EXCEPTION_OLD);
  const last_new = load<u64>(last, EXCEPTION_NEW);
  const current_committed = ((merge_left - 1) % per_area) + 1;
  let consecutive: u32 = 1;
  for (; consecutive < current_committed; consecutive++) {
    const entry = row_entry(merge_left - 1 - consecutive);
    if (load<u64>(entry, EXCEPTION_OLD) != last_old - consecutive) break;
    if (load<u64>(entry, EXCEPTION_NEW) != last_new - consecutive) break;
  }
  merge_chunks = consecutive;
  merge_old = last_old + 1 - consecutive;
  merge_new = last_new + 1 - consecutive;
}

/** snapshot_merge_next_chunks() and dm_kcopyd_copy(); all sums wrap at 64 bits. */
function copy_run(chunk_shift: u32): u32 {
  const to = merge_old << chunk_shift;
  const from = merge_new << chunk_shift;
  const origin_end = origin_sectors == NONE ? u64.MAX_VALUE : origin_sectors;
  // io_size: int times unsigned int
  const count = min<u64>(merge_chunks * chunk_size, origin_end - to);
  const writes_beyond = to > origin_end;
  // A write error stops what comes after the parts that are under way.
  const read = writes_beyond ? min<u64>(count, SPLIT_COUNT * SUB_JOB_SECTORS) : count;
  // bio_check_eod(); dispatch_job() has nothing to do for no sectors.
  if (read && (read > cow_sectors || from > cow_sectors - read)) return MERGE_READ_ERROR;
  return writes_beyond && count ? MERGE_WRITE_ERROR : MERGE_DONE;
}

/** remove_single_exception_chunk(): every chunk of the run, backwards. */
function remove_run(): u32 {
  for (let i = merge_chunks; i > 0; i--) {
    merge_chunk = merge_old + i - 1;
    const stop = remove_single_exception_chunk(merge_chunk);
    if (stop != MERGE_DONE) return stop;
  }
  return MERGE_DONE;
}

/** __remove_single_exception_chunk() */
function remove_single_exception_chunk(old_chunk: u64): u32 {
  const node = dm_lookup_exception(old_chunk);
  if (!node) return MERGE_NOT_IN_MEMORY;
  const its_old = load<u64>(node, 0);
  const its_new = load<u64>(node, 8);
  const count = its_new >> DM_CHUNK_NUMBER_BITS;
  if (!count) {
    dm_remove_exception(node, old_chunk);
    return MERGE_DONE;
  }
  // dm_consecutive_chunk_count_dec()
  const less = its_new - ((<u64>1) << DM_CHUNK_NUMBER_BITS);
  if (old_chunk == its_old) {
    store<u64>(node, its_old + 1, 0);
    store<u64>(node, less + 1, 8);
  } else if (old_chunk == its_old + count) {
    store<u64>(node, less, 8);
  } else {
    merge_range_first = its_old;
    merge_range_last = its_old + count;
    return MERGE_MIDDLE_OF_RUN;
  }
  return MERGE_DONE;
}
