/**
 * The persistent exception store on disk, as drivers/md/dm-snap-persistent.c lays it out
 * (struct disk_header, struct disk_exception). All fields are little-endian. Nothing outside
 * wasm/ repeats these numbers: the exports below are read through the engine.
 *
 *   chunk 0, the header                    an entry of a metadata area
 *   0       4       8       12      16     0               8               16
 *   +-------+-------+-------+-------+      +---------------+---------------+
 *   | magic | valid |version|chunk_ |      |   old_chunk   |   new_chunk   |
 *   |       |       |       | size  |      |   u64 chunks  |   u64 chunks  |
 *   +-------+-------+-------+-------+      +---------------+---------------+
 */

/** SNAP_MAGIC: "SnAp". */
export const SNAP_MAGIC: u32 = 0x70416e53;
/** SNAPSHOT_DISK_VERSION: the only version any kernel has ever written. */
export const SNAPSHOT_DISK_VERSION: u32 = 1;
/** NUM_SNAPSHOT_HDR_CHUNKS: chunk 0 alone holds the header. */
export const NUM_SNAPSHOT_HDR_CHUNKS: u64 = 1;
/** DM_CHUNK_SIZE_DEFAULT_SECTORS (16 KiB): what read_header takes when the table gives 0. */
export const DM_CHUNK_SIZE_DEFAULT_SECTORS: u32 = 32;
/** INT_MAX >> SECTOR_SHIFT: the limit in dm_exception_store_set_chunk_size (sectors). */
export const MAX_CHUNK_SECTORS: u32 = 0x7fffffff >> 9;

export const SECTOR_SHIFT: u32 = 9;
export const SECTOR_BYTES: u32 = 512;

/** struct disk_header */
export const HEADER_BYTES: u32 = 16;
export const HEADER_MAGIC: u32 = 0;
export const HEADER_VALID: u32 = 4;
export const HEADER_VERSION: u32 = 8;
export const HEADER_CHUNK_SIZE: u32 = 12;

/** struct disk_exception */
export const EXCEPTION_BYTES: u32 = 16;
export const EXCEPTION_OLD: u32 = 0;
export const EXCEPTION_NEW: u32 = 8;

/** struct disk_header as numbers, in disk order. */
@unmanaged
export class disk_header {
  magic: u32;
  valid: u32;
  version: u32;
  /** Sectors. */
  chunk_size: u32;
}

/** read_header(): the fields of the 16 bytes at `at`. */
export function unpack_header(at: usize, to: disk_header): void {
  to.magic = load<u32>(at + HEADER_MAGIC);
  to.valid = load<u32>(at + HEADER_VALID);
  to.version = load<u32>(at + HEADER_VERSION);
  to.chunk_size = load<u32>(at + HEADER_CHUNK_SIZE);
}

/** write_header(): its mirror. @param chunk_size in sectors. */
export function pack_header(
  at: usize,
  magic: u32,
  valid: u32,
  version: u32,
  chunk_size: u32,
): void {
  store<u32>(at + HEADER_MAGIC, magic);
  store<u32>(at + HEADER_VALID, valid);
  store<u32>(at + HEADER_VERSION, version);
  store<u32>(at + HEADER_CHUNK_SIZE, chunk_size);
}

/** struct disk_exception as numbers (chunks), in disk order. */
@unmanaged
export class disk_exception {
  old_chunk: u64;
  new_chunk: u64;
}

/** read_exception(): the fields of the entry at `at`. */
export function unpack_exception(at: usize, to: disk_exception): void {
  to.old_chunk = load<u64>(at + EXCEPTION_OLD);
  to.new_chunk = load<u64>(at + EXCEPTION_NEW);
}

/** write_exception(): its mirror. */
export function pack_exception(at: usize, old_chunk: u64, new_chunk: u64): void {
  store<u64>(at + EXCEPTION_OLD, old_chunk);
  store<u64>(at + EXCEPTION_NEW, new_chunk);
}

/** The same `count` times: entries from `at` on, both chunks one higher each time. */
export function pack_exceptions(at: usize, old_chunk: u64, new_chunk: u64, count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    pack_exception(at + <usize>i * EXCEPTION_BYTES, old_chunk + i, new_chunk + i);
  }
}

/** DM_CHUNK_NUMBER_BITS: above them lies dm_consecutive_chunk_count (dm-exception-store.h). */
export const DM_CHUNK_NUMBER_BITS: u64 = 56;
export const DM_CHUNK_NUMBER_MASK: u64 = 0x00ff_ffff_ffff_ffff;

/** @returns exceptions per metadata area, for a chunk of `chunk_size` sectors. */
export function exceptions_per_area(chunk_size: u32): u32 {
  return (chunk_size << SECTOR_SHIFT) / EXCEPTION_BYTES;
}

/** area_location(): the chunk that holds metadata area `area`. */
export function area_location(area: u64, per_area: u32): u64 {
  return NUM_SNAPSHOT_HDR_CHUNKS + (<u64>per_area + 1) * area;
}

/** Whether `chunk` is one of the metadata chunks that skip_metadata() steps over. */
export function is_metadata_chunk(chunk: u64, per_area: u32): bool {
  return chunk % (<u64>per_area + 1) == NUM_SNAPSHOT_HDR_CHUNKS;
}

/** skip_metadata(): `next_free`, moved past a metadata chunk. */
export function skip_metadata(next_free: u64, per_area: u32): u64 {
  return is_metadata_chunk(next_free, per_area) ? next_free + 1 : next_free;
}
