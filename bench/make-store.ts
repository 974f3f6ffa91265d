import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { areasOf, oldChunks } from "./old-chunks.ts";

/**
 * Writes a sparse COW image: header and metadata areas, data chunks as holes.
 * @param chunkSectors in sectors. @param start where it begins in the file, in bytes.
 * @returns the image's size in bytes.
 */
export function makeStore(
  path: string,
  exceptions: number,
  chunkSectors: number,
  start = 0,
): number {
  const chunkBytes = chunkSectors * 512;
  const perArea = chunkBytes / 16;
  const areas = new Uint8Array(areasOf(oldChunks(exceptions, 1), perArea).buffer);
  const descriptor = openSync(path, "w");
  writeSync(
    descriptor,
    new Uint8Array(Uint32Array.of(0x70416e53, 1, 1, chunkSectors).buffer),
    0,
    16,
    start,
  );
  for (let area = 0; area * chunkBytes < areas.length; area++) {
    const offset = start + (1 + area * (perArea + 1)) * chunkBytes;
    writeSync(descriptor, areas, area * chunkBytes, chunkBytes, offset);
  }
  const chunks = Math.ceil(exceptions / perArea + 1) * (perArea + 1) + 2;
  ftruncateSync(descriptor, start + chunks * chunkBytes);
  closeSync(descriptor);
  return chunks * chunkBytes;
}
