import {
  disk_header,
  MAX_CHUNK_SECTORS,
  SNAP_MAGIC,
  SNAPSHOT_DISK_VERSION,
  unpack_header,
} from "../format/disk_format";
import {
  CHUNK_SIZE_NOT_BLOCKS,
  CHUNK_SIZE_NOT_POWER_OF_2,
  CHUNK_SIZE_OK,
  CHUNK_SIZE_TOO_HIGH,
  check_chunk_size,
} from "../kernel/header";
import { table_chunk } from "../store";

/** What is wrong or odd in the 16 header bytes; src/engine/check/finding-codes.ts names the bits. */
export const MAGIC_ZERO: u32 = 1 << 0;
export const MAGIC_WRONG: u32 = 1 << 1;
export const SIZE_ZERO: u32 = 1 << 2;
export const SIZE_NOT_POWER_OF_2: u32 = 1 << 3;
export const SIZE_TOO_HIGH: u32 = 1 << 4;
export const SIZE_NOT_BLOCKS: u32 = 1 << 5;
export const SIZE_NEEDS_MEMORY: u32 = 1 << 6;
export const SIZE_OVERRIDES_TABLE: u32 = 1 << 7;
export const VERSION_UNKNOWN: u32 = 1 << 8;
export const VALID_ZERO: u32 = 1 << 9;
export const VALID_ODD: u32 = 1 << 10;
/** How many bits there are. */
export const HEADER_CHECKS: u32 = 11;

/** Sectors (256 MiB): four buffers of it, which alloc_area() and dm-bufio make, are a GiB. */
const MUCH_MEMORY: u32 = 1 << 19;

const disk = changetype<disk_header>(memory.data(offsetof<disk_header>(), 8));

/**
 * Every field by itself, also those the kernel does not come to. Fields of something that is not a
 * header (wrong magic) mean nothing, and are not judged.
 */
export function check_header(header: usize): u32 {
  unpack_header(header, disk);
  if (disk.magic == 0) return MAGIC_ZERO;
  if (disk.magic != SNAP_MAGIC) return MAGIC_WRONG;

  let bits = check_size(disk.chunk_size);
  if (disk.version != SNAPSHOT_DISK_VERSION) bits |= VERSION_UNKNOWN;
  if (disk.valid == 0) bits |= VALID_ZERO;
  else if (disk.valid != 1) bits |= VALID_ODD;
  return bits;
}

function check_size(sectors: u32): u32 {
  if (sectors == 0) return SIZE_ZERO;
  switch (check_chunk_size(sectors)) {
    case CHUNK_SIZE_NOT_POWER_OF_2:
      return SIZE_NOT_POWER_OF_2;
    case CHUNK_SIZE_NOT_BLOCKS:
      return SIZE_NOT_BLOCKS;
    case CHUNK_SIZE_TOO_HIGH:
      return SIZE_TOO_HIGH;
    default:
      break;
  }
  const overrides = table_chunk != 0 && table_chunk != sectors ? SIZE_OVERRIDES_TABLE : 0;
  return overrides | (sectors >= MUCH_MEMORY ? SIZE_NEEDS_MEMORY : 0);
}

/** Whether a kernel that validates it would accept the chunk size in this header. */
export function header_size_accepted(header: usize): bool {
  unpack_header(header, disk);
  return disk.magic == SNAP_MAGIC && check_chunk_size(disk.chunk_size) == CHUNK_SIZE_OK;
}

/** Whether areas can be read by it at all; block sizes are the devices' matter, not the store's. */
export function size_readable(sectors: u32): bool {
  return popcnt(sectors) == 1 && sectors <= MAX_CHUNK_SECTORS;
}
