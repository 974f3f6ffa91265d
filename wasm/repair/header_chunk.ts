import { is_exception, is_half, is_old_chunk } from "../forensics/header_chunk";
import { header_race, IS_EXCEPTION, TORN_BY_NEW, TORN_BY_OLD } from "../forensics/header_race";
import {
  EXCEPTION_BYTES,
  EXCEPTION_NEW,
  EXCEPTION_OLD,
  pack_header,
  SNAP_MAGIC,
  SNAPSHOT_DISK_VERSION,
} from "../format/disk_format";
import { NONE, origin_sectors, per_area } from "../store";
import { area_of_chunk } from "../table/new_chunks";
import { fate_of, HALF_TAKEN, set_fate, slot_entry, slots, TAKEN } from "./slots";

/** write_header(), for a store that was made with this chunk size (sectors): 16 bytes at `to`. */
export function pack_right_header(to: usize, valid: u32, chunk_size: u32): void {
  pack_header(to, SNAP_MAGIC, valid, SNAPSHOT_DISK_VERSION, chunk_size);
}

/**
 * Exceptions that landed in chunk 0, because header and area shared a buffer: each belongs into the
 * area that was current, at its own index. They are put where that area holds no exception itself.
 * @param bytes chunk 0, `length` bytes of it. @param end how many exceptions the reader reads.
 */
export function take_from_header_chunk(bytes: usize, length: u32, end: u32): void {
  const area = end / per_area;
  for (let index: u32 = 0; (index + 1) * EXCEPTION_BYTES <= length && index < per_area; index++) {
    const slot = area * per_area + index;
    if (slot >= slots) return;
    const from = bytes + index * EXCEPTION_BYTES;
    const old_chunk = index == 0 ? first_old_chunk(from) : load<u64>(from, EXCEPTION_OLD);
    const new_chunk = index == 0 ? first_new_chunk(from) : load<u64>(from, EXCEPTION_NEW);
    if (old_chunk == NONE || (old_chunk == 0 && new_chunk == 0)) continue;
    const half = is_half(old_chunk, new_chunk);
    const whole = is_exception(old_chunk, new_chunk) && area_of_chunk(new_chunk) == area;
    if (!half && !whole) continue;
    const entry = slot_entry(slot);
    if (is_exception(load<u64>(entry, EXCEPTION_OLD), load<u64>(entry, EXCEPTION_NEW))) continue;
    store<u64>(entry, old_chunk, EXCEPTION_OLD);
    store<u64>(entry, new_chunk, EXCEPTION_NEW);
    set_fate(slot, whole ? TAKEN : HALF_TAKEN);
  }
}

/**
 * Of the exception over the header itself: its old_chunk, NONE where it is not known. Bytes that
 * could be a torn header as well as an exception for chunk 0x70416e53 are one only where the origin
 * is known to have that chunk.
 */
function first_old_chunk(header: usize): u64 {
  const race = header_race(header);
  const old_chunk = load<u64>(header, EXCEPTION_OLD);
  const known = origin_sectors != NONE && is_old_chunk(old_chunk);
  if (race == IS_EXCEPTION || race == TORN_BY_OLD) return old_chunk;
  return race == TORN_BY_NEW && known ? old_chunk : NONE;
}

/** And its new_chunk: 0 where the header's fields stand in its place. */
function first_new_chunk(header: usize): u64 {
  return header_race(header) == TORN_BY_OLD ? 0 : load<u64>(header, EXCEPTION_NEW);
}

/**
 * Zeroes in chunk 0, behind the header, the entries that stand in their area now.
 * @param all also those that stood there before: once the table is another one, they fit no more.
 */
export function clear_taken(bytes: usize, length: u32, end: u32, all: bool): void {
  const first = (end / per_area) * per_area;
  for (let index: u32 = 1; (index + 1) * EXCEPTION_BYTES <= length && index < per_area; index++) {
    if (first + index >= slots) return;
    const entry = bytes + index * EXCEPTION_BYTES;
    const whole = is_exception(load<u64>(entry, EXCEPTION_OLD), load<u64>(entry, EXCEPTION_NEW));
    if (fate_of(first + index) != TAKEN && !(all && whole)) continue;
    memory.fill(entry, 0, EXCEPTION_BYTES);
  }
}
