/** INT_MAX >> SECTOR_SHIFT */
const MAX_CHUNK_SECTORS = 0x7fffffffn >> 9n;

const isPowerOf2 = (value: bigint) => value !== 0n && (value & (value - 1n)) === 0n;

/**
 * dm_exception_store_set_chunk_size(): the checks in the kernel's order. Both devices have the same
 * block size here.
 * @returns the kernel's words, or null if it takes the size
 */
export function chunkSizeError(chunkSectors: bigint, blockSize: number): string | null {
  if (!isPowerOf2(chunkSectors)) return "Chunk size is not a power of 2";
  if (chunkSectors % BigInt(blockSize >> 9) !== 0n) {
    return "Chunk size is not a multiple of device blocksize";
  }
  if (chunkSectors > MAX_CHUNK_SECTORS) return "Chunk size is too high";
  return null;
}
