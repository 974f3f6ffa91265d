import { is_header_bytes } from "../forensics/area_history";
import { is_old_chunk } from "../forensics/header_chunk";
import { DM_CHUNK_NUMBER_MASK, EXCEPTION_NEW, EXCEPTION_OLD } from "../format/disk_format";
import { NONE, origin_chunks, per_area } from "../store";
import { is_data_chunk } from "../table/new_chunks";
import {
  DROPPED_HEADER,
  DROPPED_NEW,
  DROPPED_OLD,
  EMPTY,
  fate_of,
  HALF,
  HALF_TAKEN,
  KEPT,
  MASKED,
  place_of,
  REATTACHED,
  set_fate,
  slot_entry,
  slots,
  TAKEN,
} from "./slots";

/** Which entries of a damaged table can be exceptions at all, each looked at by itself. */

/**
 * Every slot by itself; settle_twice() comes next, then settle_lost().
 * @param end how many exceptions the kernel's reader reads.
 */
export function judge_slots(end: u32): void {
  for (let slot: u32 = 0; slot < slots; slot++) set_fate(slot, judge(slot, end));
}

function judge(slot: u32, end: u32): u32 {
  const known = fate_of(slot);
  if (known == TAKEN || known == HALF_TAKEN) return known;
  const entry = slot_entry(slot);
  const old_chunk = load<u64>(entry, EXCEPTION_OLD);
  const new_chunk = load<u64>(entry, EXCEPTION_NEW);
  if (slot >= end) return judge_behind_end(slot, old_chunk, new_chunk);
  if (slot % per_area == 0 && is_header_bytes(entry)) return DROPPED_HEADER;
  if (!fits_origin(old_chunk)) return DROPPED_OLD;
  const number = new_chunk & DM_CHUNK_NUMBER_MASK;
  if (!is_data_chunk(number)) return DROPPED_NEW;
  if (number == new_chunk) return KEPT;
  store<u64>(entry, number, EXCEPTION_NEW);
  return MASKED;
}

/** What the reader does not come to is an exception only in its proper place. */
function judge_behind_end(slot: u32, old_chunk: u64, new_chunk: u64): u32 {
  if (!fits_origin(old_chunk)) return EMPTY;
  if (new_chunk == 0) return old_chunk != 0 ? HALF : EMPTY;
  return new_chunk == place_of(slot) && is_data_chunk(new_chunk) ? REATTACHED : EMPTY;
}

function fits_origin(old_chunk: u64): bool {
  return origin_chunks == NONE ? is_old_chunk(old_chunk) : old_chunk < origin_chunks;
}
