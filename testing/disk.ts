/**
 * The store on disk, written down a second time on purpose: what stands in testing/ is the oracle
 * for wasm/, and an oracle that borrowed the core's constants would repeat its mistakes.
 * Source: struct disk_header, struct disk_exception and area_location() in
 * drivers/md/dm-snap-persistent.c, Linux 6.1.
 */
export const SECTOR = 512;
export const SNAP_MAGIC = 0x70416e53;
export const ENTRY_BYTES = 16;

/** Byte offsets in chunk 0. */
export const HEADER = { magic: 0, valid: 4, version: 8, chunkSize: 12, length: 16 } as const;

export interface Exception {
  old: bigint;
  new: bigint;
}

export const chunkBytes = (chunkSectors: number) => chunkSectors * SECTOR;
export const entriesPerArea = (chunkSectors: number) => chunkBytes(chunkSectors) / ENTRY_BYTES;

/** area_location(): the header's chunk, then one metadata chunk before every E data chunks. */
export const areaChunk = (area: number, chunkSectors: number) =>
  1 + area * (entriesPerArea(chunkSectors) + 1);

export const isMetadataChunk = (chunk: bigint, chunkSectors: number) =>
  chunk % BigInt(entriesPerArea(chunkSectors) + 1) === 1n;

/** The byte offset of exception `index`, counted from the start of the table. */
export function entryOffset(index: number, chunkSectors: number): number {
  const perArea = entriesPerArea(chunkSectors);
  const chunk = areaChunk(Math.floor(index / perArea), chunkSectors);
  return chunk * chunkBytes(chunkSectors) + (index % perArea) * ENTRY_BYTES;
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const getU32 = (bytes: Uint8Array, offset: number) => view(bytes).getUint32(offset, true);
export const getU64 = (bytes: Uint8Array, offset: number) => view(bytes).getBigUint64(offset, true);

export function u32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  view(bytes).setUint32(0, value, true);
  return bytes;
}

export function u64Bytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  view(bytes).setBigUint64(0, value, true);
  return bytes;
}

export function entryBytes(exception: Exception): Uint8Array {
  const bytes = new Uint8Array(ENTRY_BYTES);
  view(bytes).setBigUint64(0, exception.old, true);
  view(bytes).setBigUint64(8, exception.new, true);
  return bytes;
}

export function headerBytes(magic: number, valid: number, version: number, chunkSize: number) {
  const bytes = new Uint8Array(HEADER.length);
  [magic, valid, version, chunkSize].forEach((word, index) => {
    view(bytes).setUint32(index * 4, word, true);
  });
  return bytes;
}
