import type { ChunkBytes } from "../protocol/store-service.ts";
import type { Span } from "./span.ts";

/** The unsigned number in these bytes of the device; null where the image ends before them. */
export function littleEndian(chunk: ChunkBytes, span: Span): bigint | null {
  const base = Number(chunk.offset);
  if (span.end - base > chunk.bytes.length) return null;
  let value = 0n;
  for (let at = span.end - 1; at >= span.start; at -= 1) {
    value = (value << 8n) | BigInt(chunk.bytes[at - base] ?? 0);
  }
  return value;
}
