import { is_metadata_chunk } from "../format/disk_format";
import { reserve_rows } from "../room";
import { cow_chunks, per_area } from "../store";
import {
  BEYOND,
  CHUNK_KINDS,
  CROSSED,
  DATA,
  FREE,
  HEADER,
  kind_of,
  LOST,
  METADATA,
  places_between,
  places_end,
} from "./kinds";
import { crossed_word, is_untouched, map_chunks, named_word, PAGE_CHUNKS, used_end } from "./marks";

/**
 * Levels of detail: a cell of level l is 2^l chunks. What only the marks can tell is counted once,
 * from `base_level` up, 16 bytes a cell and at most 2^19 cells (8 MiB); below it a cell is few words
 * of marks. Everything else of a cell (metadata, free chunks …) is arithmetic.
 *
 *   record: u32 data, u32 crossed data, u32 crossed bookkeeping, u32 that part of it below places_end
 */
const RECORD: usize = 16;
const LEAST_LEVEL: u32 = 10;
const MOST_BASE_CELLS: u64 = 1 << 18;
/** Bits of a cell beside the kind that most of its chunks are of. */
export const CELL_CROSSED: u32 = 0x40;

let base_level: u32 = LEAST_LEVEL;
/** The level of which one cell is the whole map. */
export let top_level: u32 = 0;
const levels = memory.data(64 * 4, 4);

function cells_of(level: u32): u64 {
  return (map_chunks + ((<u64>1) << level) - 1) >> level;
}

/** Counts the marks. @returns whether it fits into memory. */
export function count_levels(): bool {
  while (cells_of(base_level) > MOST_BASE_CELLS) base_level++;
  while (cells_of(top_level) > 1) top_level++;
  for (let level = base_level; level <= top_level; level++) {
    const cells = <u32>cells_of(level);
    const at = reserve_rows(cells * <u32>RECORD);
    if (!at) return false;
    store<u32>(levels + ((<usize>level) << 2), <u32>at);
    for (let cell: u32 = 0; cell < cells; cell++) {
      if (level == base_level) sum_marks((<u64>cell) << level, (<u64>cell + 1) << level);
      else sum_pair(level - 1, cell * 2);
      const record = at + <usize>cell * RECORD;
      store<u32>(record, data, 0);
      store<u32>(record, crossed_data, 4);
      store<u32>(record, crossed_own, 8);
      store<u32>(record, crossed_places, 12);
    }
  }
  return true;
}

let data: u32 = 0;
let crossed_data: u32 = 0;
let crossed_own: u32 = 0;
let crossed_places: u32 = 0;

function clear_sums(): void {
  data = crossed_data = crossed_own = crossed_places = 0;
}

/** The marks of [first, end), both multiples of 64. */
function sum_marks(first: u64, end: u64): void {
  clear_sums();
  const stop = min(end, map_chunks);
  for (let chunk = first; chunk < stop; ) {
    if (is_untouched(chunk)) {
      chunk = (chunk | (PAGE_CHUNKS - 1)) + 1;
      continue;
    }
    const named = named_word(chunk);
    const crossed = crossed_word(chunk);
    data += <u32>popcnt(named & ~crossed);
    if (crossed) sum_crossed(chunk, named, crossed);
    chunk += 64;
  }
}

function sum_crossed(chunk: u64, named: u64, crossed: u64): void {
  crossed_data += <u32>popcnt(crossed & named);
  for (let own = crossed & ~named; own; own &= own - 1) {
    const at = chunk + ctz(own);
    crossed_own++;
    if (at < places_end && is_metadata_chunk(at, per_area)) crossed_places++;
  }
}

function add_record(level: u32, cell: u64): void {
  const record = <usize>load<u32>(levels + ((<usize>level) << 2)) + <usize>cell * RECORD;
  data += load<u32>(record, 0);
  crossed_data += load<u32>(record, 4);
  crossed_own += load<u32>(record, 8);
  crossed_places += load<u32>(record, 12);
}

function sum_pair(level: u32, cell: u32): void {
  clear_sums();
  add_record(level, cell);
  if (cell + 1 < <u32>cells_of(level)) add_record(level, cell + 1);
}

/** How many chunks of each kind the last cell has, one after the other. */
const counts = memory.data(CHUNK_KINDS * 8, 8);

function set_count(kind: u32, count: u64): void {
  store<u64>(counts + ((<usize>kind) << 3), count);
}
function count_of(kind: u32): u64 {
  return load<u64>(counts + ((<usize>kind) << 3));
}

/** Counts the chunks of a cell by kind. @returns where the counts (u64 each) are. */
export function count_cell(level: u32, cell: u64): usize {
  const first = cell << level;
  const end = min((cell + 1) << level, map_chunks);
  if (level < 6) {
    memory.fill(counts, 0, CHUNK_KINDS * 8);
    for (let chunk = first; chunk < end; chunk++) {
      const kind = kind_of(chunk);
      set_count(kind, count_of(kind) + 1);
    }
    return counts;
  }
  if (level < base_level) sum_marks(first, end);
  else {
    clear_sums();
    add_record(level, cell);
  }
  count_rest(first, end);
  return counts;
}

/** The other kinds, from the sums of the marks in [first, end). */
function count_rest(first: u64, end: u64): void {
  const there = min(end, cow_chunks) - min(first, cow_chunks);
  const header: u64 = first == 0 && cow_chunks != 0 ? 1 : 0;
  const own_header: u64 = header && !(crossed_word(0) & 1) ? 1 : 0;
  const places = places_between(first, min(end, cow_chunks));
  const below = min(end, used_end) - min(first, used_end);
  const places_in_use = places_between(first, min(end, used_end));
  const metadata = places - crossed_places;
  const lost = below ? below - data - crossed_data - places_in_use - header : 0;
  const crossed = <u64>crossed_data + crossed_own;
  set_count(HEADER, own_header);
  set_count(METADATA, metadata);
  set_count(DATA, data);
  set_count(CROSSED, crossed);
  set_count(LOST, lost);
  set_count(FREE, there - own_header - metadata - data - crossed - lost);
  set_count(BEYOND, end - first - there);
}

/**
 * Writes a byte a cell to `to`: the kind that most of its chunks are of, and CELL_CROSSED where any
 * is crossed. @returns how many cells there were from `first` on, at most `count`.
 */
export function map_cells(level: u32, first: u64, count: u32, to: usize): u32 {
  const end = min(first + count, cells_of(level));
  for (let cell = first; cell < end; cell++) {
    const byte = level == 0 ? one_chunk(cell) : many_chunks(level, cell);
    store<u8>(to + <usize>(cell - first), <u8>byte);
  }
  return end > first ? <u32>(end - first) : 0;
}

function one_chunk(chunk: u64): u32 {
  const kind = kind_of(chunk);
  return kind == CROSSED ? kind | CELL_CROSSED : kind;
}

function many_chunks(level: u32, cell: u64): u32 {
  count_cell(level, cell);
  let most: u32 = 0;
  for (let kind: u32 = 1; kind < CHUNK_KINDS; kind++) {
    if (count_of(kind) > count_of(most)) most = kind;
  }
  return count_of(CROSSED) ? most | CELL_CROSSED : most;
}
