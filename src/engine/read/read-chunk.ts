import { type ChunkBytes, MAX_SHOWN_BYTES } from "../../protocol/store-service.ts";
import type { BlockSource } from "../../source/block-source.ts";

/**
 * One chunk's bytes to be shown: at most MAX_SHOWN_BYTES, and no more than the image has.
 * @param chunkSize in sectors. @throws SourceError
 */
export async function readChunk(
  source: BlockSource,
  chunkSize: number,
  chunk: bigint,
): Promise<ChunkBytes> {
  const offset = chunk * BigInt(chunkSize) * 512n;
  const left = offset < BigInt(source.size) ? source.size - Number(offset) : 0;
  const chunkBytes = chunkSize * 512;
  const length = Math.min(chunkBytes, left, MAX_SHOWN_BYTES);
  const bytes = await source.read([{ offset: left > 0 ? Number(offset) : 0, length }]);
  const cut = length === chunkBytes ? "no" : length === left ? "image-ends" : "too-long-to-show";
  return { chunk, offset, bytes, cut };
}
