import { DM_CHUNK_NUMBER_MASK, EXCEPTION_NEW, EXCEPTION_OLD } from "../format/disk_format";
import { dm_lookup_exception, remap_exception } from "../kernel/exception_table";
import { load_rows } from "../kernel/load_rows";
import { row_key, sort_rows } from "../table/sort_rows";
import {
  DROPPED_NEW,
  DROPPED_SHARED,
  DROPPED_TWICE,
  fate_of,
  is_live,
  list_base,
  place_of,
  RESTORED,
  set_fate,
  slot_entry,
  slots,
} from "./slots";

/** Whether the table was loaded, so that dm_lookup_exception() can be asked. */
let answers: bool = false;

/** Loads the table as it stands, for what the kernel described in store.ts reads by it now. */
export function load_as_it_stands(end: u32): void {
  answers = load_rows(end);
}

/**
 * Of several exceptions for one origin chunk stays the one that is read as it is, so that nothing
 * reads otherwise than before; where that cannot be asked, the first whose bytes were not touched.
 */
export function settle_twice(): void {
  const list = list_base();
  const count = slots_with_old(list);
  sort_rows(list, count, EXCEPTION_OLD, u64.MAX_VALUE);
  for (let from: u32 = 0; from < count; ) {
    const old_chunk = row_key(load<u32>(list + ((<usize>from) << 2)));
    let to = from + 1;
    while (to < count && row_key(load<u32>(list + ((<usize>to) << 2))) == old_chunk) to++;
    if (to - from > 1) keep_one(list, from, to, as_read(old_chunk));
    from = to;
  }
}

/**
 * Whose old_chunk is known: those that stay, and those dropped for their new_chunk. The chunk of
 * the latter is not lost where another exception holds it.
 */
function slots_with_old(list: usize): u32 {
  let count: u32 = 0;
  for (let slot: u32 = 0; slot < slots; slot++) {
    const fate = fate_of(slot);
    if (!is_live(fate) && fate != DROPPED_NEW && fate != DROPPED_SHARED) continue;
    store<u32>(list + ((<usize>count) << 2), slot);
    count++;
  }
  return count;
}

/** The data chunk that the kernel reads for it as the table stands; 0: none, or nobody knows. */
function as_read(old_chunk: u64): u64 {
  const node = answers ? dm_lookup_exception(old_chunk) : 0;
  return node ? remap_exception(node, old_chunk) & DM_CHUNK_NUMBER_MASK : 0;
}

function keep_one(list: usize, from: u32, to: u32, read: u64): void {
  let stays: u32 = u32.MAX_VALUE;
  let rank: u32 = u32.MAX_VALUE;
  for (let i = from; i < to; i++) {
    const slot = load<u32>(list + ((<usize>i) << 2));
    const its_rank = rank_of(slot, read);
    if (its_rank > rank || (its_rank == rank && slot > stays)) continue;
    stays = slot;
    rank = its_rank;
  }
  if (!is_live(fate_of(stays))) return;
  for (let i = from; i < to; i++) {
    const slot = load<u32>(list + ((<usize>i) << 2));
    if (slot != stays) set_fate(slot, DROPPED_TWICE);
  }
}

/** The lower, the better. */
function rank_of(slot: u32, read: u64): u32 {
  const fate = fate_of(slot);
  if (!is_live(fate)) return 6;
  const new_chunk = load<u64>(slot_entry(slot), EXCEPTION_NEW);
  const unread: u32 = new_chunk == read ? 0 : fate == RESTORED ? 4 : 2;
  return unread + (new_chunk == place_of(slot) ? 0 : 1);
}
