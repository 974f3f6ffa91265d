import { test_and_set, test_bit } from "../bits";
import { disk_exception, EXCEPTION_BYTES, unpack_exception } from "../format/disk_format";
import { Room, room_fits } from "../room";
import { cow_sectors } from "../store";
import {
  dm_insert_exception,
  dm_lookup_exception,
  init_exception_table,
  list_number,
  lists,
  remap_exception,
  steps,
} from "./exception_table";

/**
 * What snapshot_map() does to a read: from the origin, or from the COW device as the exceptions
 * say, or an error (dm-snap.c).
 */
export const FROM_ORIGIN: u64 = u64.MAX_VALUE;
export const IO_ERROR: u64 = u64.MAX_VALUE - 1;

/** List steps after which loading is given up: far above what any table of distinct chunks needs. */
const STEP_LIMIT: u64 = 1 << 32;

const exception = changetype<disk_exception>(memory.data(offsetof<disk_exception>(), 8));

let loading: bool = false;
/** Which lists are loaded, a bit each, where not all are. */
const wanted = changetype<Room>(memory.data(offsetof<Room>(), 8));
let partly: bool = false;
/** Whether loading was given up, so that map_chunks() would not be the kernel's answer. */
export let gave_up: bool = false;

/** Exceptions taken in from now on also go into the kernel's hash table. */
export function load_table(): void {
  loading = init_exception_table();
  partly = false;
}

/**
 * The same for the lists of chunks that are wanted alone: dm_lookup_exception() goes through one
 * list, and an exception is never glued to one of another. So a few chunks of a table of any length
 * are looked up in the memory that their lists take.
 */
export function load_wanted(): void {
  partly = true;
  loading = init_exception_table() && room_fits(wanted, lists() >> 3);
  if (loading) memory.fill(wanted.base, 0, lists() >> 3);
}

/** Makes map_chunks() know `chunk`, once all exceptions are taken in. */
export function want_chunk(chunk: u64): void {
  if (loading) test_and_set(wanted.base, list_number(chunk));
}

/**
 * dm_add_exception() for `count` entries.
 * @returns whether loading can go on: not past a BUG, nor past STEP_LIMIT.
 */
export function add_exceptions(entries: usize, count: u32): bool {
  if (!loading) return true;
  for (let i: u32 = 0; i < count; i++) {
    unpack_exception(entries + <usize>i * EXCEPTION_BYTES, exception);
    if (partly && !test_bit(wanted.base, list_number(exception.old_chunk))) continue;
    const added = dm_insert_exception(exception.old_chunk, exception.new_chunk);
    gave_up = steps > STEP_LIMIT;
    if (!added || gave_up) return false;
  }
  return true;
}

/**
 * Where `count` chunks of the snapshot from `first` on are read from. Each answer is a sector of
 * the COW device, FROM_ORIGIN or IO_ERROR (u64), written to `to`.
 * @param chunk_shift of the chunk size in force.
 * @param snapshot_sectors the snapshot's length; its last chunk may be cut.
 */
export function map_chunks(
  first: u64,
  count: u32,
  chunk_shift: u32,
  snapshot_sectors: u64,
  to: usize,
): void {
  const chunk_sectors = (<u64>1) << chunk_shift;
  for (let i: u32 = 0; i < count; i++) {
    const chunk = first + i;
    const node = dm_lookup_exception(chunk);
    let answer = FROM_ORIGIN;
    if (node) {
      // chunk_to_sector(): wraps at 64 bits; bio_check_eod() then looks at what came of it.
      answer = remap_exception(node, chunk) << chunk_shift;
      const length = min(chunk_sectors, snapshot_sectors - (chunk << chunk_shift));
      if (length > cow_sectors || answer > cow_sectors - length) answer = IO_ERROR;
    }
    store<u64>(to + ((<usize>i) << 3), answer);
  }
}
