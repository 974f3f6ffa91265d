import {
  disk_exception,
  disk_header,
  SNAP_MAGIC,
  SNAPSHOT_DISK_VERSION,
  unpack_exception,
  unpack_header,
} from "../format/disk_format";
import { CHUNK_SIZE_OK, check_chunk_size } from "../kernel/header";
import { is_data_chunk } from "../table/new_chunks";
import { is_exception, is_old_chunk } from "./header_chunk";

/**
 * Which outcome of the race in RACE.md the 16 header bytes fit, if any. An invalidating thread
 * always writes valid = 0, so bytes with valid = 1 are no trace of it.
 */
export const NO_RACE: u32 = 0;
/** version and chunk_size are the two halves of a new_chunk. */
export const TORN_BY_NEW: u32 = 1;
/** magic and valid are the two halves of an old_chunk. */
export const TORN_BY_OLD: u32 = 2;
/** version alone is the low half of a new_chunk: chunk_size was set behind it. */
export const TORN_BY_LOW_HALF: u32 = 3;
/** Words of the header are zero that were set before: C7's memset() passed while it was built. */
export const TORN_BY_MEMSET: u32 = 4;
/** All 16 bytes are one exception. */
export const IS_EXCEPTION: u32 = 5;
/** All 16 bytes are zero. */
export const IS_ZERO: u32 = 6;
export const HEADER_RACES: u32 = IS_ZERO + 1;

/** The same 16 bytes, read either way. */
const as_header = changetype<disk_header>(memory.data(offsetof<disk_header>(), 8));
const as_exception = changetype<disk_exception>(memory.data(offsetof<disk_exception>(), 8));

export function header_race(header: usize): u32 {
  unpack_header(header, as_header);
  unpack_exception(header, as_exception);
  const magic = as_header.magic;
  const valid = as_header.valid;
  const version = as_header.version;
  const size = as_header.chunk_size;
  const old_chunk = as_exception.old_chunk;
  const new_chunk = as_exception.new_chunk;
  if (old_chunk == 0 && new_chunk == 0) return IS_ZERO;

  if (magic == SNAP_MAGIC) {
    if (valid != 0) return NO_RACE;
    if (size == 0 && is_data_chunk(new_chunk)) return TORN_BY_NEW;
    if (size == 0 && version <= SNAPSHOT_DISK_VERSION) return TORN_BY_MEMSET;
    if (check_chunk_size(size) != CHUNK_SIZE_OK || version == SNAPSHOT_DISK_VERSION) return NO_RACE;
    if (version == 0) return TORN_BY_MEMSET;
    return is_data_chunk(version) ? TORN_BY_LOW_HALF : NO_RACE;
  }
  if (is_exception(old_chunk, new_chunk)) return IS_EXCEPTION;
  if (valid != 0 || !is_old_chunk(old_chunk)) return NO_RACE;
  if (size != 0 && check_chunk_size(size) != CHUNK_SIZE_OK) return NO_RACE;
  if (version > SNAPSHOT_DISK_VERSION && !is_data_chunk(version)) return NO_RACE;
  // Magic 0 may be origin chunk 0 as well; an exception alone leaves no further word zero.
  return magic == 0 && (version == 0 || size == 0) ? TORN_BY_MEMSET : TORN_BY_OLD;
}
