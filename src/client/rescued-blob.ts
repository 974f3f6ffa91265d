import type { RescueReport } from "../protocol/rescue.ts";

/** A browser writes every zero of it to the disk. */
const MOST_BYTES = 4 * 2 ** 30;
const MOST_RANGES = 1 << 16;
const ZEROS = 1 << 20;

/**
 * What a rescue knows as an image of the origin, zeros between, made of slices: nothing of the store
 * is read until it is saved. @returns null where that would be too long, or of too many pieces.
 */
export function rescuedBlob(store: Blob, { ranges, origin }: RescueReport): Blob | null {
  const size = Number(origin.bytes);
  if (size > MOST_BYTES || ranges.length > MOST_RANGES) return null;
  const zeros = new Blob([new Uint8Array(ZEROS)]);
  const parts: Blob[] = [];
  let at = 0;
  const upTo = (end: number) => {
    for (; at < end; at += Math.min(ZEROS, end - at)) parts.push(zeros.slice(0, end - at));
  };
  for (const { offset, bytes, storeOffset } of ranges) {
    if (storeOffset === null) continue;
    upTo(Number(offset));
    const from = Number(storeOffset);
    parts.push(store.slice(from, from + Number(bytes)));
    at += Number(bytes);
  }
  upTo(size);
  return new Blob(parts, { type: "application/octet-stream" });
}
