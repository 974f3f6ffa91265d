import { EXCEPTION_BYTES, EXCEPTION_NEW, EXCEPTION_OLD, SNAP_MAGIC } from "../format/disk_format";
import { cow_sectors } from "../store";
import { is_exception, is_half, MOST_SECTORS } from "./header_chunk";

/**
 * Bytes that nobody should see, in a form of which a check says the same: for a bundle that is
 * handed over. What is left of them is which are zero, and exceptions.
 */

/** Stands where something other than zero stood. No chunk that a device has. */
const MARK: u8 = 0xee;
const MARKS: u64 = 0xeeee_eeee_eeee_eeee;
/** Stands for a new_chunk: area 0's own chunk, so no data chunk, and never above next_free. */
const MARK_NEW: u64 = 1;

/** Leaves new_chunk: in slack where it can be one, in data where next_free would go up, and the last. */
export const KEEP_NUMBERS: u32 = 1;
/** Leaves what reads as an exception by some chunk size, and a header's bytes. */
export const KEEP_EXCEPTIONS: u32 = 2;

/**
 * Bytes behind the header or behind an area's last exception: exceptions of this store and halves of
 * them stay, each other byte that is not zero becomes a mark. @param keep KEEP_* bits.
 */
export function mask_slack(bytes: usize, length: u32, keep: u32): void {
  const entries = length / EXCEPTION_BYTES;
  for (let i: u32 = 0; i < entries; i++) {
    const entry = bytes + <usize>i * EXCEPTION_BYTES;
    const old_chunk = load<u64>(entry + EXCEPTION_OLD);
    const new_chunk = load<u64>(entry + EXCEPTION_NEW);
    if (keep & KEEP_EXCEPTIONS && reads_as_exception(old_chunk, new_chunk)) continue;
    if (is_half(old_chunk, new_chunk) || is_exception(old_chunk, new_chunk)) continue;
    const number = keep & KEEP_NUMBERS && new_chunk < MOST_SECTORS;
    mark(entry, number ? EXCEPTION_NEW : EXCEPTION_BYTES);
  }
  mark(bytes + <usize>entries * EXCEPTION_BYTES, length % EXCEPTION_BYTES);
}

/**
 * Bytes of a data chunk that a check looks at: as for an area by another chunk size, what is left is
 * where it would end, and whether only zeros follow. @param keep KEEP_* bits.
 */
export function mask_data(bytes: usize, length: u32, keep: u32): void {
  const entries = length / EXCEPTION_BYTES;
  let highest: u64 = 0;
  for (let i: u32 = 0; i < entries; i++) {
    const entry = bytes + <usize>i * EXCEPTION_BYTES;
    const old_chunk = load<u64>(entry + EXCEPTION_OLD);
    const new_chunk = load<u64>(entry + EXCEPTION_NEW);
    if (keep & KEEP_EXCEPTIONS && reads_as_exception(old_chunk, new_chunk)) continue;
    const last = i + 1 == entries || load<u64>(entry + EXCEPTION_BYTES + EXCEPTION_NEW) == 0;
    const kept = keep & KEEP_NUMBERS && (new_chunk > highest || last);
    highest = max(highest, new_chunk);
    store<u64>(entry + EXCEPTION_OLD, (old_chunk | new_chunk) == 0 ? 0 : MARKS);
    if (new_chunk != 0 && !kept) store<u64>(entry + EXCEPTION_NEW, MARK_NEW);
  }
  mark(bytes + <usize>entries * EXCEPTION_BYTES, length % EXCEPTION_BYTES);
}

/** By some chunk size; or the header that RACE.md's invalidation left in an area. */
function reads_as_exception(old_chunk: u64, new_chunk: u64): bool {
  if (<u32>old_chunk == SNAP_MAGIC) return true;
  return new_chunk > 1 && new_chunk < cow_sectors && old_chunk < MOST_SECTORS;
}

function mark(bytes: usize, length: u32): void {
  for (let i: u32 = 0; i < length; i++) if (load<u8>(bytes + i) != 0) store<u8>(bytes + i, MARK);
}
