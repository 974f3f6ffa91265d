import type { Finding } from "../../protocol/finding.ts";

/** "chunk 1 · entry 3", "chunk 0 +0xc": the place in words. */
export function placeInWords({ where }: Finding, chunkBytes: number): string {
  if (where.chunk === null) return "the whole store";
  const chunk = `chunk ${where.chunk}`;
  if (where.index !== null) return `${chunk}, entry ${where.index}`;
  if (where.offset === null) return chunk;
  const within = BigInt(where.offset) - BigInt(where.chunk) * BigInt(chunkBytes);
  return within === 0n ? chunk : `${chunk} +0x${within.toString(16)}`;
}
