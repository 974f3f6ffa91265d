import { reserve } from "../room";

/**
 * One small record per metadata area, in pages made on demand, so that neither a large device nor
 * a wild chunk number costs memory by itself.
 *
 *   record (12 bytes): u32 entries, where the area's bytes are kept (0: not kept)
 *                      u32 in_order, how many leading entries were proved to be in order
 *                      u32 marks, a bitmap of the area's data chunks named out of order (0: none)
 */
const RECORD: u32 = 12;
const PAGE_SHIFT: u32 = 10;
const PAGE_AREAS: u32 = 1 << PAGE_SHIFT;
/** Areas are numbered below 2^32: at 512-byte chunks that is 64 TiB of metadata. */
const SHELF_SHIFT: u32 = 11;
const SHELF_PAGES: u32 = 1 << SHELF_SHIFT;
const SHELVES: u32 = 1 << (32 - PAGE_SHIFT - SHELF_SHIFT);

/** Where the shelves lie; a shelf says where its pages lie. 0: not made yet. */
const shelves: usize = memory.data(SHELVES * 4, 4);

function shelf_slot(area: u32): usize {
  return shelves + ((<usize>(area >> (PAGE_SHIFT + SHELF_SHIFT))) << 2);
}

function page_slot(shelf: usize, area: u32): usize {
  return shelf + ((<usize>((area >> PAGE_SHIFT) & (SHELF_PAGES - 1))) << 2);
}

/** @returns the record of `area`, or 0 if nothing was noted about it. */
function peek(area: u32): usize {
  const shelf: usize = load<u32>(shelf_slot(area));
  const page: usize = shelf ? <usize>load<u32>(page_slot(shelf, area)) : 0;
  return page ? page + <usize>(area & (PAGE_AREAS - 1)) * RECORD : 0;
}

/** @returns the record of `area`, or 0 where there is no memory for it (see room.ts). */
function make(area: u32): usize {
  const slot = shelf_slot(area);
  if (!load<u32>(slot)) store<u32>(slot, <u32>reserve(SHELF_PAGES * 4));
  const shelf: usize = load<u32>(slot);
  if (!shelf) return 0;
  const page = page_slot(shelf, area);
  if (!load<u32>(page)) store<u32>(page, <u32>reserve(PAGE_AREAS * RECORD));
  return peek(area);
}

export function area_entries(area: u32): usize {
  const record = peek(area);
  return record ? <usize>load<u32>(record, 0) : 0;
}
/** @returns whether there was memory to note it. */
export function keep_entries(area: u32, entries: usize): bool {
  const record = make(area);
  if (record) store<u32>(record, <u32>entries, 0);
  return record != 0;
}

export function area_in_order(area: u32): u32 {
  const record = peek(area);
  return record ? load<u32>(record, 4) : 0;
}
export function set_area_in_order(area: u32, count: u32): void {
  const record = make(area);
  if (record) store<u32>(record, count, 4);
}

export function area_marks(area: u32): usize {
  const record = peek(area);
  return record ? <usize>load<u32>(record, 8) : 0;
}
/** @returns the area's bitmap with one bit per entry, made on first use; 0: no memory for it. */
export function make_area_marks(area: u32, per_area: u32): usize {
  const record = make(area);
  if (!record) return 0;
  let marks: usize = load<u32>(record, 8);
  if (!marks) {
    marks = reserve((per_area + 7) >> 3);
    store<u32>(record, <u32>marks, 8);
  }
  return marks;
}
