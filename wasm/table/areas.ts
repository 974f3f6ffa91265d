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
const DIRECTORY_PAGES: u32 = 1 << (32 - PAGE_SHIFT);

// Never touched beyond what is used: fresh WebAssembly memory is zero and costs no memory.
const directory: usize = reserve(DIRECTORY_PAGES * 4);

/** @returns the record of `area`, or 0 if nothing was noted about it. */
function peek(area: u32): usize {
  const page: usize = load<u32>(directory + ((<usize>(area >> PAGE_SHIFT)) << 2));
  return page ? page + <usize>(area & (PAGE_AREAS - 1)) * RECORD : 0;
}

/** @returns the record of `area`, or 0 where there is no memory for it (see room.ts). */
function make(area: u32): usize {
  const slot = directory + ((<usize>(area >> PAGE_SHIFT)) << 2);
  if (!load<u32>(slot)) {
    store<u32>(slot, <u32>reserve(PAGE_AREAS * RECORD));
  }
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
