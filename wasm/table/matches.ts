import {
  DM_CHUNK_NUMBER_BITS,
  DM_CHUNK_NUMBER_MASK,
  EXCEPTION_BYTES,
  EXCEPTION_NEW,
  EXCEPTION_OLD,
} from "../format/disk_format";
import { Room, room_fits } from "../room";
import { INSERT_UNSORTED, insertion } from "../store";
import { is_data_chunk } from "./new_chunks";

/**
 * Exceptions that are looked for while the areas go by, so that no row has to be kept for it.
 *
 *   record (24 bytes): u64 row, u64 old_chunk, u64 new_chunk
 */
export const MATCH_BYTES: u32 = 24;
/** At most so many are kept; all are counted. */
export const MOST_MATCHES: u32 = 1 << 16;

export const MATCH_NONE: u32 = 0;
/** Those that stand for one chunk of the origin, */
export const MATCH_OLD: u32 = 1;
/** for one chunk of the COW device, */
export const MATCH_NEW: u32 = 2;
/** or whose new_chunk is no data chunk of the device, or acts for more chunks than one. */
export const MATCH_BAD: u32 = 3;

const records = changetype<Room>(memory.data(offsetof<Room>(), 8));
let kind: u32 = MATCH_NONE;
let wanted: u64 = 0;
export let matches: u64 = 0;

/** Looks for exceptions of this MATCH_* from now on. @param chunk of no meaning for MATCH_BAD. */
export function look_for(match: u32, chunk: u64): void {
  kind = room_fits(records, <u64>MATCH_BYTES * (match == MATCH_BAD ? MOST_MATCHES : 1024))
    ? match
    : MATCH_NONE;
  wanted = chunk;
  matches = 0;
}

/** Where the records lie; as many of them as there are matches and room. */
export function matches_pointer(): usize {
  return records.base;
}

export function matches_kept(): u32 {
  return <u32>min<u64>(matches, records.bytes / MATCH_BYTES);
}

/** `count` exceptions that were taken in, the first of them row `row` of the table. */
export function note_matches(entries: usize, count: u32, row: u64): void {
  if (kind == MATCH_NONE) return;
  for (let i: u32 = 0; i < count; i++) {
    const entry = entries + <usize>i * EXCEPTION_BYTES;
    if (is_match(load<u64>(entry, EXCEPTION_OLD), load<u64>(entry, EXCEPTION_NEW))) {
      note(entry, row + i);
    }
  }
}

/** dm_chunk_number() and dm_consecutive_chunk_count(): bits 56-63 say for how many more it acts. */
function is_match(old_chunk: u64, new_chunk: u64): bool {
  const runs = insertion != INSERT_UNSORTED;
  const number = runs ? new_chunk & DM_CHUNK_NUMBER_MASK : new_chunk;
  const more = runs ? new_chunk >> DM_CHUNK_NUMBER_BITS : 0;
  if (kind == MATCH_OLD) return wanted >= old_chunk && wanted - old_chunk <= more;
  if (kind == MATCH_NEW) return wanted >= number && wanted - number <= more;
  return more != 0 || !is_data_chunk(number);
}

function note(entry: usize, row: u64): void {
  const at = records.base + <usize>matches * MATCH_BYTES;
  if (matches++ >= records.bytes / MATCH_BYTES) return;
  store<u64>(at, row);
  memory.copy(at + 8, entry, EXCEPTION_BYTES);
}
