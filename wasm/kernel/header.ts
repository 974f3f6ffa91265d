import {
  HEADER_CHUNK_SIZE,
  HEADER_MAGIC,
  HEADER_VALID,
  HEADER_VERSION,
  MAX_CHUNK_SECTORS,
  SNAP_MAGIC,
  SNAPSHOT_DISK_VERSION,
} from "../format/disk_format";
import {
  AGE_ROUNDS_TABLE_TO_PAGE,
  AGE_VALIDATES_CHUNK_SIZE,
  age,
  block_sectors,
  cow_sectors,
  default_chunk_size,
  table_chunk,
} from "../store";

/** What read_header() and the checks after it in persistent_read_metadata() come to. */
export const HEADER_READ_AREAS: u32 = 0;
/** magic 0: a new snapshot, the kernel writes a header and zeroes area 0. */
export const HEADER_NEW: u32 = 1;
/** magic 0, but area 0 does not fit: the header is written, then zero_disk_area(0) fails. */
export const HEADER_NEW_NO_ROOM: u32 = 2;
/** The device is shorter than the chunk the header is read with: -EIO. */
export const HEADER_IO_ERROR: u32 = 3;
export const HEADER_BAD_MAGIC: u32 = 4;
export const HEADER_BAD_CHUNK_SIZE: u32 = 5;
export const HEADER_BAD_VERSION: u32 = 6;
/** valid 0: the device is created, but invalid. */
export const HEADER_INVALID: u32 = 7;
/** The table line's own chunk size is refused, nothing is read. */
export const HEADER_BAD_TABLE: u32 = 8;
/** Kernels that take the header's chunk size unvalidated, and it is 0: BUG in mm/mempool.c. */
export const HEADER_CRASH: u32 = 9;

/** Kernels that take the header's chunk size unvalidated, and their mempool cannot grow that far. */
export const HEADER_NO_MEMORY: u32 = 10;
/** How many there are, for the engine's table of them. */
export const HEADER_OUTCOMES: u32 = HEADER_NO_MEMORY + 1;

/** Sectors in a page. */
const PAGE_SECTORS: u32 = 8;
/** Sectors (2^20) above which mempool_resize() asks kmalloc for more than its 4 MiB: -ENOMEM. */
const MOST_RESIZED: u32 = 1 << 20;

/** set_chunk_size() before c1cc65ca (2.6.32): the table's size, in whole pages. */
function round_to_page(sectors: u32): u32 {
  return (sectors + PAGE_SECTORS - 1) & ~(PAGE_SECTORS - 1);
}

/** dm_exception_store_set_chunk_size()'s answers, in its order. */
export const CHUNK_SIZE_OK: u32 = 0;
export const CHUNK_SIZE_NOT_POWER_OF_2: u32 = 1;
export const CHUNK_SIZE_NOT_BLOCKS: u32 = 2;
export const CHUNK_SIZE_TOO_HIGH: u32 = 3;
export const CHUNK_SIZE_OUTCOMES: u32 = CHUNK_SIZE_TOO_HIGH + 1;

/** The chunk size in force when read_header() came to its outcome (sectors). */
export let settled_chunk_size: u32 = 0;
/** The table's chunk size as this kernel took it (sectors); 0 where none was given. */
export let taken_table_chunk: u32 = 0;
/** Why the header's chunk size was refused: CHUNK_SIZE_*. */
export let chunk_size_error: u32 = 0;
/** Whether the kernel prints that the header's chunk size overrides the table's. */
export let overrides_table: bool = false;

/** dm_exception_store_set_chunk_size(): the checks in the kernel's order. */
export function check_chunk_size(sectors: u32): u32 {
  if (popcnt(sectors) != 1) return CHUNK_SIZE_NOT_POWER_OF_2;
  if (sectors % block_sectors != 0) return CHUNK_SIZE_NOT_BLOCKS;
  if (sectors > MAX_CHUNK_SECTORS) return CHUNK_SIZE_TOO_HIGH;
  return CHUNK_SIZE_OK;
}

/**
 * read_header() and what persistent_read_metadata() checks after it, in their order
 * (dm-snap-persistent.c).
 * @param header the first 16 bytes of the COW device; not looked at if the device is too short.
 */
export function read_header(header: usize): u32 {
  overrides_table = false;
  const table = age & AGE_ROUNDS_TABLE_TO_PAGE ? round_to_page(table_chunk) : table_chunk;
  const supplied = table != 0;
  if (supplied) {
    chunk_size_error = check_chunk_size(table);
    if (chunk_size_error != CHUNK_SIZE_OK) return HEADER_BAD_TABLE;
  }
  const size = supplied ? table : default_chunk_size();
  taken_table_chunk = supplied ? size : 0;
  settled_chunk_size = size;

  // One chunk of the TABLE's size is read, whatever the header will say.
  if (cow_sectors < size) return HEADER_IO_ERROR;
  return judge_header(header, size, supplied);
}

/**
 * read_header() from where the chunk is in memory, for a store whose chunk size was taken to be
 * `size` (sectors) so far; `supplied`: because the table line said so.
 */
export function judge_header(header: usize, size: u32, supplied: bool): u32 {
  settled_chunk_size = size;
  const magic = load<u32>(header, HEADER_MAGIC);
  if (magic == 0) {
    return cow_sectors < <u64>size * 2 ? HEADER_NEW_NO_ROOM : HEADER_NEW;
  }
  if (magic != SNAP_MAGIC) return HEADER_BAD_MAGIC;

  const refused = take_chunk_size(load<u32>(header, HEADER_CHUNK_SIZE), supplied);
  if (refused != HEADER_READ_AREAS) return refused;
  if (load<u32>(header, HEADER_VERSION) != SNAPSHOT_DISK_VERSION) return HEADER_BAD_VERSION;
  if (load<u32>(header, HEADER_VALID) == 0) return HEADER_INVALID;
  return HEADER_READ_AREAS;
}

/** The last part of read_header(): a header chunk size that differs from the table's. */
function take_chunk_size(on_disk: u32, supplied: bool): u32 {
  if (on_disk == settled_chunk_size) return HEADER_READ_AREAS;
  if (!(age & AGE_VALIDATES_CHUNK_SIZE)) {
    // Up to 2.6.31: with no size in the table the header's was not looked at, else taken as it is.
    if (!supplied) return HEADER_READ_AREAS;
    overrides_table = true;
    settled_chunk_size = on_disk;
    // dm_io_client_resize(): four for each page, as an int; mempool_resize() wants more than none.
    const pages = on_disk / PAGE_SECTORS + (on_disk % PAGE_SECTORS != 0 ? 1 : 0);
    if (<i32>(pages * 4) <= 0) return HEADER_CRASH;
    return on_disk > MOST_RESIZED ? HEADER_NO_MEMORY : HEADER_READ_AREAS;
  }
  overrides_table = supplied;
  chunk_size_error = check_chunk_size(on_disk);
  if (chunk_size_error != CHUNK_SIZE_OK) return HEADER_BAD_CHUNK_SIZE;
  settled_chunk_size = on_disk;
  return HEADER_READ_AREAS;
}
