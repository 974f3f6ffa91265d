import { HEADER_CHUNK_SIZE } from "../format/disk_format";
import {
  HEADER_BAD_MAGIC,
  HEADER_BAD_VERSION,
  HEADER_INVALID,
  HEADER_NEW,
  HEADER_NEW_NO_ROOM,
  judge_header,
} from "../kernel/header";

/** What the next activation makes of the header, in the order read_header() asks. */
export const OUTCOME_NEW_SNAPSHOT: u32 = 0;
export const OUTCOME_CORRUPT_MAGIC: u32 = 1;
export const OUTCOME_ZERO_CHUNK_SIZE: u32 = 2;
export const OUTCOME_WRONG_CHUNK_SIZE: u32 = 3;
export const OUTCOME_WRONG_VERSION: u32 = 4;
export const OUTCOME_STILL_VALID: u32 = 5;
export const OUTCOME_INVALIDATED: u32 = 6;
export const OUTCOMES: u32 = OUTCOME_INVALIDATED + 1;

export const AREAS_HEADER_IN_AREA: u32 = 0;
export const AREAS_EXCEPTIONS_LOST: u32 = 1;
export const AREAS_KEPT: u32 = 2;
export const AREAS_OUTCOMES: u32 = 3;

/**
 * The same judge_header() that judges a file's header, asked about the one at `header` for a store
 * of `chunk_size` sectors. A wrong chunk size counts as such whether the kernel would refuse it or
 * take it: either way the store is read by another size than it was written by.
 */
export function classify_header(header: usize, chunk_size: u32): u32 {
  const judged = judge_header(header, chunk_size, true);
  if (judged == HEADER_NEW || judged == HEADER_NEW_NO_ROOM) return OUTCOME_NEW_SNAPSHOT;
  if (judged == HEADER_BAD_MAGIC) return OUTCOME_CORRUPT_MAGIC;
  const on_disk = load<u32>(header, HEADER_CHUNK_SIZE);
  if (on_disk == 0) return OUTCOME_ZERO_CHUNK_SIZE;
  if (on_disk != chunk_size) return OUTCOME_WRONG_CHUNK_SIZE;
  if (judged == HEADER_BAD_VERSION) return OUTCOME_WRONG_VERSION;
  return judged == HEADER_INVALID ? OUTCOME_INVALIDATED : OUTCOME_STILL_VALID;
}
