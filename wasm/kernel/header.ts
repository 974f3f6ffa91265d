import {
  disk_header,
  MAX_CHUNK_SECTORS,
  SNAP_MAGIC,
  SNAPSHOT_DISK_VERSION,
  unpack_header,
} from "../format/disk_format";
import {
  AGE_CHECKS_CHUNK_SIZE,
  AGE_HASH_TABLE_NEEDS_CHUNK,
  AGE_NEEDS_TABLE_CHUNK,
  AGE_REFUSES_INVALID,
  AGE_ROUNDS_TABLE_TO_PAGE,
  AGE_UNBUFFERED_CHUNK_SIZE,
  age,
  block_sectors,
  cow_sectors,
  default_chunk_size,
  origin_sectors,
  table_chunk,
} from "../store";
import { POOL_CRASH, POOL_NO_MEMORY, resize_pool } from "./io_pool";

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
/** The I/O pool is to have no entries: BUG in mm/mempool.c. */
export const HEADER_CRASH: u32 = 9;
/** The I/O pool, or the buffers, cannot be made: -ENOMEM. */
export const HEADER_NO_MEMORY: u32 = 10;
/** The hash tables would have no bucket: -ENOMEM. */
export const HEADER_NO_HASH_TABLE: u32 = 11;
/** The table line must give a chunk size, and does not. */
export const HEADER_NO_TABLE_CHUNK: u32 = 12;
/** valid 0, and this kernel refuses that. */
export const HEADER_INVALID_REFUSED: u32 = 13;
/** An area is read into a buffer of the table's chunk size, and is longer: an oops. */
export const HEADER_BUFFER_OVERRUN: u32 = 14;
/** So much longer that dm-io runs out of pages first: its BUG. */
export const HEADER_DM_IO_BUG: u32 = 15;
/** How many there are, for the engine's table of them. */
export const HEADER_OUTCOMES: u32 = HEADER_DM_IO_BUG + 1;

/** Sectors in a page. */
const PAGE_SECTORS: u32 = 8;
/** Chunk sizes (sectors) from which do_region() of 2.6.11 finds no room in its bio: BUG_ON(). */
const DM_IO_BUG_SECTORS: u32 = 2048;
/** 4 GiB: no chunk size that is checked comes near, and no machine of then had more for one buffer. */
const MOST_VMALLOC_SECTORS: u32 = 1 << 23;

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
  if (!supplied && age & AGE_NEEDS_TABLE_CHUNK) return HEADER_NO_TABLE_CHUNK;
  if (supplied) {
    chunk_size_error = check_chunk_size(table);
    if (chunk_size_error != CHUNK_SIZE_OK) return HEADER_BAD_TABLE;
  }
  const size = supplied ? table : default_chunk_size();
  taken_table_chunk = supplied ? size : 0;
  settled_chunk_size = size;
  if (supplied && age & AGE_HASH_TABLE_NEEDS_CHUNK && min(cow_sectors, origin_sectors) < size) {
    return HEADER_NO_HASH_TABLE;
  }
  if (resize_pool(size) == POOL_NO_MEMORY) return HEADER_NO_MEMORY;

  // One chunk of the TABLE's size is read, whatever the header will say.
  if (cow_sectors < size) return HEADER_IO_ERROR;
  return judge_header(header, size, supplied);
}

const disk = changetype<disk_header>(memory.data(offsetof<disk_header>(), 8));

/**
 * read_header() from where the chunk is in memory, for a store whose chunk size was taken to be
 * `size` (sectors) so far; `supplied`: because the table line said so.
 */
export function judge_header(header: usize, size: u32, supplied: bool): u32 {
  settled_chunk_size = size;
  unpack_header(header, disk);
  if (disk.magic == 0) {
    return cow_sectors < <u64>size * 2 ? HEADER_NEW_NO_ROOM : HEADER_NEW;
  }
  if (disk.magic != SNAP_MAGIC) return HEADER_BAD_MAGIC;

  const refused = take_chunk_size(disk.chunk_size, supplied);
  if (refused != HEADER_READ_AREAS) return refused;
  const valid = disk.valid != 0;
  if (!valid && age & AGE_REFUSES_INVALID) return HEADER_INVALID_REFUSED;
  if (disk.version != SNAPSHOT_DISK_VERSION) return HEADER_BAD_VERSION;
  if (!valid) return HEADER_INVALID;
  return age & AGE_UNBUFFERED_CHUNK_SIZE ? unbuffered(disk.chunk_size) : HEADER_READ_AREAS;
}

/** The last part of read_header(): a header chunk size that differs from the table's. */
function take_chunk_size(on_disk: u32, supplied: bool): u32 {
  if (on_disk == settled_chunk_size) return HEADER_READ_AREAS;
  // Before 2.6.31, with no size in the table, the header's is not looked at.
  if (!(age & AGE_CHECKS_CHUNK_SIZE) && !supplied) return HEADER_READ_AREAS;
  if (age & AGE_UNBUFFERED_CHUNK_SIZE) return HEADER_READ_AREAS;
  overrides_table = supplied;
  if (age & AGE_CHECKS_CHUNK_SIZE) {
    chunk_size_error = check_chunk_size(on_disk);
    if (chunk_size_error != CHUNK_SIZE_OK) return HEADER_BAD_CHUNK_SIZE;
  }
  settled_chunk_size = on_disk;
  const pool = resize_pool(on_disk);
  if (pool == POOL_CRASH) return HEADER_CRASH;
  // alloc_area(): vmalloc() gives nothing for no bytes, nor for more than there can be.
  if (pool == POOL_NO_MEMORY || on_disk == 0) return HEADER_NO_MEMORY;
  return on_disk >= MOST_VMALLOC_SECTORS ? HEADER_NO_MEMORY : HEADER_READ_AREAS;
}

/** 2.6.11: chunk_io() goes by the header's chunk size, its buffer has the table's. */
function unbuffered(on_disk: u32): u32 {
  if (on_disk <= settled_chunk_size) return HEADER_READ_AREAS;
  return on_disk < DM_IO_BUG_SECTORS ? HEADER_BUFFER_OVERRUN : HEADER_DM_IO_BUG;
}
