import {
  AREA_IS_HEADER,
  AREA_UNINITIALISED,
  AREA_WIPED,
  find,
  find_extra,
  NEW_IS_OWN_AREA,
} from "../findings";
import {
  area_location,
  EXCEPTION_BYTES,
  EXCEPTION_NEW,
  EXCEPTION_OLD,
  SNAP_MAGIC,
  SNAPSHOT_DISK_VERSION,
} from "../format/disk_format";
import { chunk_size, per_area } from "../store";
import { is_exception } from "./header_chunk";

/**
 * Traces that old kernels' bugs leave in a metadata area. Only areas that the quick proof did not
 * settle come here.
 */

/** Entry 0 is the header's 16 bytes: the shared buffer of RACE.md was written out as this area. */
export function is_header_bytes(entry: usize): bool {
  return (
    <u32>load<u64>(entry, EXCEPTION_OLD) == SNAP_MAGIC &&
    load<u64>(entry, EXCEPTION_NEW) == ((<u64>chunk_size) << 32) + SNAPSHOT_DISK_VERSION
  );
}

/**
 * @param entries the area from entry 0 on, `count` of them (one piece).
 * @param before_end how many come before the end of the table.
 */
export function note_area_history(entries: usize, count: u32, before_end: u32, area: u64): void {
  const own = area_location(area, per_area);
  if (is_header_bytes(entries)) {
    find(AREA_IS_HEADER, area, 0, 0, load<u64>(entries, EXCEPTION_OLD) >> 32);
    return;
  }
  // CVE-2013-4299: after a full area next_free was left on the next area's own chunk.
  if (area > 0 && before_end > 0 && load<u64>(entries, EXCEPTION_NEW) == own) {
    find(NEW_IS_OWN_AREA, area, 0, own + 1, own);
  }
  note_wiped(entries, count, before_end, area, own);
  note_uninitialised(entries, before_end, area, own);
}

/** Entries in their proper place behind the end of the table: what came before them was wiped. */
function note_wiped(entries: usize, count: u32, before_end: u32, area: u64, own: u64): void {
  if (before_end != 0) return;
  let first: u32 = 0;
  let found: u64 = 0;
  for (let i: u32 = 1; i < count; i++) {
    const entry = entries + <usize>i * EXCEPTION_BYTES;
    const new_chunk = load<u64>(entry, EXCEPTION_NEW);
    if (new_chunk == 0) continue;
    if (!is_exception(load<u64>(entry, EXCEPTION_OLD), new_chunk)) return;
    if (new_chunk < own) return;
    if (found++ == 0) first = i;
  }
  if (found == 0) return;
  find(AREA_WIPED, area, first, 0, load<u64>(entries + <usize>first * EXCEPTION_BYTES, 8));
  find_extra(found);
}

/** 3.14-rc: garbage, and behind it entries in their proper place. */
function note_uninitialised(entries: usize, before_end: u32, area: u64, own: u64): void {
  let garbage: u32 = 0;
  while (garbage < before_end) {
    const entry = entries + <usize>garbage * EXCEPTION_BYTES;
    if (is_exception(load<u64>(entry, EXCEPTION_OLD), load<u64>(entry, EXCEPTION_NEW))) break;
    garbage++;
  }
  if (garbage < 2 || garbage == before_end) return;
  const entry = entries + <usize>garbage * EXCEPTION_BYTES;
  if (load<u64>(entry, EXCEPTION_NEW) != own + 1 + garbage) return;
  find(AREA_UNINITIALISED, area, garbage, 0, garbage);
}
