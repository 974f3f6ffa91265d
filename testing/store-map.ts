import { areaChunk, entriesPerArea, isMetadataChunk } from "./disk.ts";
import type { StoreSpec } from "./store-builder.ts";

/**
 * The map read off a store's recipe, chunk by chunk: an oracle that shares nothing with wasm/map.
 * @param areasRead areas up to the one that the table ends in.
 */
export function kindsOf(spec: StoreSpec, cowSectors: number, areasRead: number): string[] {
  const { chunkSectors, exceptions } = spec;
  const whole = Math.floor(cowSectors / chunkSectors);
  const owners = new Array<number>(whole).fill(0);
  for (const { new: chunk } of exceptions) {
    const number = chunk & 0x00ffffffffffffffn;
    if (number < BigInt(whole)) owners[Number(number)] = (owners[Number(number)] ?? 0) + 1;
  }
  const isOwn = (chunk: number) => chunk === 0 || isMetadataChunk(BigInt(chunk), chunkSectors);
  const lastUsed = owners.findLastIndex((count, chunk) => count > 0 && !isOwn(chunk));
  const lastRead = areasRead === 0 ? -1 : areaChunk(areasRead - 1, chunkSectors);
  const kinds = owners.map((count, chunk): string => {
    if (count > 1 || (count === 1 && isOwn(chunk))) return "crossed";
    if (chunk === 0) return "header";
    if (count === 1) return "data";
    if (isOwn(chunk)) return chunk <= Math.max(lastUsed, lastRead) ? "metadata" : "free";
    return chunk < lastUsed ? "lost" : "free";
  });
  const all = Math.max(Math.ceil(cowSectors / chunkSectors), neededChunks(spec));
  while (kinds.length < all) kinds.push("beyond");
  return kinds;
}

/** Chunks that the device once had: its full areas are followed by another, and in-order entries name data. */
function neededChunks({ chunkSectors, exceptions }: StoreSpec): number {
  const perArea = entriesPerArea(chunkSectors);
  const next = exceptions.length % perArea;
  const areas = next === 0 ? areaChunk(exceptions.length / perArea, chunkSectors) + 1 : 0;
  const inPlace = exceptions.map(({ new: chunk }, row) => {
    const place = areaChunk(Math.floor(row / perArea), chunkSectors) + 1 + (row % perArea);
    return chunk === BigInt(place) ? place + 1 : 0;
  });
  return Math.max(areas, ...inPlace);
}
