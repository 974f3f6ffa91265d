import {
  disk_exception,
  EXCEPTION_BYTES,
  HEADER_BYTES,
  unpack_exception,
} from "../format/disk_format";
import { chunk_size, origin_sectors } from "../store";
import { is_data_chunk } from "../table/new_chunks";

/**
 * What lies in chunk 0 beside a header. write_header() fills the whole chunk, with zeros behind the
 * 16 bytes; only the race of 61578dcd lets write_exception() put entries there.
 */

/** Entries behind the header, from byte 16 on, that read as exceptions of this store. */
export let stray_exceptions: u32 = 0;
/** The first of them (its index as an entry of an area), and the last. */
export let stray_first: u32 = 0;
export let stray_last: u32 = 0;
/** Whether one of them has its old_chunk only: the thread was between its two stores. */
export let stray_half: bool = false;
/** Whether every byte behind the header that is not zero belongs to one of them. */
export let stray_only: bool = true;
/** Highest data chunk that the entries in chunk 0 name, the header's own bytes among them. */
export let stray_highest: u64 = 0;

const exception = changetype<disk_exception>(memory.data(offsetof<disk_exception>(), 8));

/** No volume that a store could belong to has 2^44 sectors; used where the origin is unknown. */
export const MOST_SECTORS: u64 = 1 << 44;

/** Whether two words read as an exception of this store. */
export function is_exception(old_chunk: u64, new_chunk: u64): bool {
  return is_data_chunk(new_chunk) && is_old_chunk(old_chunk);
}

/** Whether they are one of which only the old_chunk is stored yet. */
export function is_half(old_chunk: u64, new_chunk: u64): bool {
  return new_chunk == 0 && is_old_chunk(old_chunk);
}

export function is_old_chunk(old_chunk: u64): bool {
  return old_chunk < min(origin_sectors, MOST_SECTORS) / chunk_size + 1;
}

/** Looks at chunk 0; `length` bytes of it are at `bytes` (a multiple of 16 counts). */
export function look_at_header_chunk(bytes: usize, length: u32): void {
  stray_exceptions = stray_first = stray_last = 0;
  stray_half = false;
  stray_only = true;
  stray_highest = 0;
  unpack_exception(bytes, exception);
  note_highest(exception.old_chunk, exception.new_chunk);
  for (let at = HEADER_BYTES; at + EXCEPTION_BYTES <= length; at += EXCEPTION_BYTES) {
    unpack_exception(bytes + at, exception);
    const old_chunk = exception.old_chunk;
    const new_chunk = exception.new_chunk;
    if (old_chunk == 0 && new_chunk == 0) continue;
    const half = is_half(old_chunk, new_chunk);
    if (!half && !is_exception(old_chunk, new_chunk)) {
      stray_only = false;
      continue;
    }
    stray_half = stray_half || half;
    if (stray_exceptions++ == 0) stray_first = at / EXCEPTION_BYTES;
    stray_last = at / EXCEPTION_BYTES;
    note_highest(old_chunk, new_chunk);
  }
}

function note_highest(old_chunk: u64, new_chunk: u64): void {
  if (is_exception(old_chunk, new_chunk)) stray_highest = max(stray_highest, new_chunk);
}
