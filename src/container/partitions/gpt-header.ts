import { crc32 } from "../stream/crc32.ts";

/** "EFI PART" */
const SIGNATURE = [0x45, 0x46, 0x49, 0x20, 0x50, 0x41, 0x52, 0x54];
/** Bytes of a header that the specification defines (UEFI 2.10, table 5-5). */
const HEADER_BYTES = 92;
const ENTRY_BYTES = 128;
/** The most that the kernel would allocate for a table (KMALLOC_MAX_SIZE, is_gpt_valid() of efi.c). */
const MOST_TABLE_BYTES = 4 << 20;

/** A header whose checksum is right, places in sectors. */
export interface GptHeader {
  sectorBytes: number;
  lba: number;
  /** Where the other header lies. */
  alternate: bigint;
  entriesLba: bigint;
  entryCount: number;
  /** 128, or a multiple of 8 above. */
  entryBytes: number;
  entriesCrc: number;
}

export function hasSignature(bytes: Uint8Array, at: number): boolean {
  return SIGNATURE.every((byte, i) => bytes[at + i] === byte);
}

/**
 * A header as is_gpt_valid() of block/partitions/efi.c judges it; null if it is none.
 * @param sector all of it. @param lba where it was read.
 */
export function parseGptHeader(sector: Uint8Array, lba: number): GptHeader | null {
  if (!hasSignature(sector, 0)) return null;
  const view = new DataView(sector.buffer, sector.byteOffset, sector.length);
  const size = view.getUint32(12, true);
  if (size < HEADER_BYTES || size > sector.length) return null;
  const summed = sector.slice(0, size);
  summed.fill(0, 16, 20);
  if (crc32(0, summed) !== view.getUint32(16, true)) return null;
  if (view.getBigUint64(24, true) !== BigInt(lba)) return null;
  const entryCount = view.getUint32(80, true);
  const entryBytes = view.getUint32(84, true);
  // The kernel takes 128 alone; the specification lets entries be longer.
  if (entryBytes < ENTRY_BYTES || entryBytes % 8 !== 0) return null;
  if (entryCount === 0 || entryCount * entryBytes > MOST_TABLE_BYTES) return null;
  return {
    sectorBytes: sector.length,
    lba,
    alternate: view.getBigUint64(32, true),
    entriesLba: view.getBigUint64(72, true),
    entryCount,
    entryBytes,
    entriesCrc: view.getUint32(88, true),
  };
}
