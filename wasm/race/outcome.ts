import { SNAP_MAGIC, SNAPSHOT_DISK_VERSION } from "../disk_format";

/** What the next activation makes of the header: the first that matches, as read_header() asks. */
export const HEADER_NEW_SNAPSHOT: u32 = 0;
export const HEADER_CORRUPT_MAGIC: u32 = 1;
export const HEADER_ZERO_CHUNK_SIZE: u32 = 2;
export const HEADER_WRONG_CHUNK_SIZE: u32 = 3;
export const HEADER_WRONG_VERSION: u32 = 4;
export const HEADER_STILL_VALID: u32 = 5;
export const HEADER_INVALIDATED: u32 = 6;
export const HEADER_OUTCOMES: u32 = 7;

export const AREAS_HEADER_IN_AREA: u32 = 0;
export const AREAS_EXCEPTIONS_LOST: u32 = 1;
export const AREAS_KEPT: u32 = 2;
export const AREAS_OUTCOMES: u32 = 3;

/**
 * read_header() and persistent_read_metadata() on the four words of a header chunk, for a store of
 * `chunk_size` sectors.
 */
export function classify_header(
  magic: u32,
  valid: u32,
  version: u32,
  on_disk_chunk_size: u32,
  chunk_size: u32,
): u32 {
  if (magic == 0) return HEADER_NEW_SNAPSHOT;
  if (magic != SNAP_MAGIC) return HEADER_CORRUPT_MAGIC;
  if (on_disk_chunk_size == 0) return HEADER_ZERO_CHUNK_SIZE;
  if (on_disk_chunk_size != chunk_size) return HEADER_WRONG_CHUNK_SIZE;
  if (version != SNAPSHOT_DISK_VERSION) return HEADER_WRONG_VERSION;
  return valid ? HEADER_STILL_VALID : HEADER_INVALIDATED;
}
