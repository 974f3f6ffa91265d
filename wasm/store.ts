import { DM_CHUNK_SIZE_DEFAULT_SECTORS, exceptions_per_area } from "./format/disk_format";

/**
 * What the caller says about the two devices and the table line; one store per instance of the
 * core. Sizes are in sectors unless a name says chunks or bytes.
 */

/** An unknown u64, and "no such area" in findings. */
export const NONE: u64 = u64.MAX_VALUE;

/**
 * How a kernel's age changes what it does with the same bytes: data, handed in by the engine from
 * the columns of src/protocol/kernel-age.ts.
 */
export const AGE_CHECKS_CHUNK_SIZE: u32 = 1;
export const AGE_ROUNDS_TABLE_TO_PAGE: u32 = 2;
export const AGE_NEEDS_TABLE_CHUNK: u32 = 4;
export const AGE_HASH_TABLE_NEEDS_CHUNK: u32 = 8;
export const AGE_UNBUFFERED_CHUNK_SIZE: u32 = 16;
export const AGE_ROUNDS_PAGES_DOWN: u32 = 32;
export const AGE_SHARED_IO_POOL: u32 = 64;
export const AGE_OWN_IO_POOL: u32 = 128;
export const AGE_REFUSES_INVALID: u32 = 256;

/** dm_insert_exception(): see Insertion in src/protocol/kernel-age.ts. */
export const INSERT_UNSORTED: u32 = 0;
export const INSERT_BACKWARDS: u32 = 1;
export const INSERT_FORWARDS: u32 = 2;
export const INSERT_FORWARDS_OR_HEAD: u32 = 3;

export let cow_sectors: u64 = 0;
export let origin_sectors: u64 = NONE;
export let block_sectors: u32 = 1;
export let table_chunk: u32 = 0;
export let age: u32 = AGE_CHECKS_CHUNK_SIZE;
export let insertion: u32 = INSERT_FORWARDS_OR_HEAD;
/** calc_max_buckets() */
export let most_buckets: u32 = 1 << 17;
/** How many I/Os the pool's array of pointers can hold. */
export let most_ios: u32 = u32.MAX_VALUE;

/** The chunk size by which the store is read (sectors); set by set_store_chunk_size. */
export let chunk_size: u32 = 0;
export let per_area: u32 = 0;
/** Whole chunks of the COW device: a chunk number must be below it. */
export let cow_chunks: u64 = 0;
/** Chunks of the origin, the last one perhaps cut; NONE if the origin is unknown. */
export let origin_chunks: u64 = NONE;

/** @param block_bytes logical block size of both devices. @param origin NONE if unknown. */
export function describe(cow: u64, origin: u64, block_bytes: u32, table_chunk_size: u32): void {
  cow_sectors = cow;
  origin_sectors = origin;
  block_sectors = max<u32>(1, block_bytes >> 9);
  table_chunk = table_chunk_size;
}

/** Which kernel it is. @param age_flags AGE_* @param inserts INSERT_* */
export function describe_kernel(age_flags: u32, inserts: u32, buckets: u32, ios: u32): void {
  age = age_flags;
  insertion = inserts;
  most_buckets = buckets;
  most_ios = ios;
}

/** read_header(): what the kernel reads with when the table line gives no chunk size (sectors). */
export function default_chunk_size(): u32 {
  return max<u32>(DM_CHUNK_SIZE_DEFAULT_SECTORS, block_sectors);
}

/** The most entries that are read and kept in one go (1 MiB): longer areas come in pieces. */
const MOST_IN_PIECE: u32 = 1 << 16;
/** An area, or a part of one that divides it, in entries. */
export let piece_size: u32 = 0;

/**
 * Settles by which chunk size (sectors, not 0) the areas are read. Before 2.6.31 that need not be a
 * power of 2, but an area always has a multiple of 32 entries.
 */
export function set_store_chunk_size(sectors: u32): void {
  chunk_size = sectors;
  per_area = exceptions_per_area(sectors);
  piece_size = per_area <= MOST_IN_PIECE ? per_area : per_area % MOST_IN_PIECE ? 32 : MOST_IN_PIECE;
  cow_chunks = cow_sectors / sectors;
  origin_chunks =
    origin_sectors == NONE
      ? NONE
      : origin_sectors / sectors + <u64>(origin_sectors % sectors != 0 ? 1 : 0);
}

/**
 * device_area_is_invalid() in dm-table.c: with larger blocks than sectors, dm refuses a table whose
 * length, or a COW device whose size, is not whole blocks; after the constructor has run.
 */
export function devices_aligned(): bool {
  const origin_aligned = origin_sectors == NONE || origin_sectors % block_sectors == 0;
  return origin_aligned && cow_sectors % block_sectors == 0;
}
