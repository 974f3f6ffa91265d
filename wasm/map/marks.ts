import { DM_CHUNK_NUMBER_MASK, is_metadata_chunk } from "../format/disk_format";
import { reserve_rows } from "../room";
import { chunk_size, cow_chunks, cow_sectors, per_area } from "../store";
import { exceptions, needed_sectors } from "../table/exceptions";
import { row_entry, rows_kept } from "../table/kept_rows";

/**
 * Which chunks of the COW device exceptions name: two bits a chunk, in pages made on demand, so that
 * memory grows with the part of the device that is in use. 10^8 named chunks take 25 MB.
 *
 *   page (8 KiB): 4 KiB named, a bit for each data chunk that an exception names
 *                 4 KiB crossed, a bit for each that a second one names too, and for a chunk of the
 *                 store's own bookkeeping that one names
 */
const PAGE_SHIFT: u64 = 15;
export const PAGE_CHUNKS: u64 = 1 << PAGE_SHIFT;
const HALF: u32 = 1 << 12;
/** Words of 64 chunks in a page, as a mask. */
const PAGE_WORDS_MASK: u64 = (PAGE_CHUNKS >> 6) - 1;
/** Chunks that are drawn at most: the pages are found through a list of 8 MiB then. */
const MOST_CHUNKS: u64 = 1 << 36;

/** Chunks of the map: the device's, a last one that it ends in, and those that the table shows to be cut off. */
export let map_chunks: u64 = 0;
/** Exceptions whose new_chunk lies behind the map. */
export let outside: u64 = 0;
/** The highest data chunk on the device that an exception names, plus one; 0: none. */
export let used_end: u64 = 0;
let pages: usize = 0;

/** @returns whether it is known which chunks the table names; false where that does not fit into memory. */
export function mark_chunks(): bool {
  const whole = cow_chunks + <u64>(cow_sectors % chunk_size != 0 ? 1 : 0);
  map_chunks = min(MOST_CHUNKS, max(whole, needed_sectors() / chunk_size));
  pages = reserve_rows((<u32>((map_chunks >> PAGE_SHIFT) + 1)) << 2);
  if (!rows_kept || !pages || !make_page(0)) return false;
  for (let row: u32 = 0, end = <u32>exceptions; row < end; row++) {
    const number = load<u64>(row_entry(row), 8) & DM_CHUNK_NUMBER_MASK;
    if (number >= map_chunks) outside++;
    else if (number < cow_chunks && !mark(number)) return false;
  }
  return true;
}

function make_page(chunk: u64): usize {
  const slot = pages + ((<usize>(chunk >> PAGE_SHIFT)) << 2);
  if (!load<u32>(slot)) store<u32>(slot, <u32>reserve_rows(HALF * 2));
  return load<u32>(slot);
}

function mark(chunk: u64): bool {
  const page = make_page(chunk);
  if (!page) return false;
  const word = page + ((<usize>((chunk >> 6) & PAGE_WORDS_MASK)) << 3);
  const bit = (<u64>1) << (chunk & 63);
  const named = load<u64>(word);
  if (chunk == 0 || is_metadata_chunk(chunk, per_area) || named & bit) {
    store<u64>(word, load<u64>(word, HALF) | bit, HALF);
    return true;
  }
  store<u64>(word, named | bit);
  used_end = max(used_end, chunk + 1);
  return true;
}

function page_of(chunk: u64): usize {
  return load<u32>(pages + ((<usize>(chunk >> PAGE_SHIFT)) << 2));
}

/** Whether no exception names a chunk of the page that holds `chunk`. */
export function is_untouched(chunk: u64): bool {
  return page_of(chunk) == 0;
}

/** The bits of the 64 chunks from `chunk` (a multiple of 64) on. */
export function named_word(chunk: u64): u64 {
  const page = page_of(chunk);
  return page ? load<u64>(page + ((<usize>((chunk >> 6) & PAGE_WORDS_MASK)) << 3)) : 0;
}
export function crossed_word(chunk: u64): u64 {
  const page = page_of(chunk);
  return page ? load<u64>(page + ((<usize>((chunk >> 6) & PAGE_WORDS_MASK)) << 3), HALF) : 0;
}
