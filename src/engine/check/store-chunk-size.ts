import type { CheckOptions } from "../../protocol/check.ts";
import type { ChunkSizeGuess } from "../../protocol/facts.ts";
import type { ChunkSizeFrom } from "../../protocol/report.ts";
import type { BlockSource } from "../../source/block-source.ts";
import type { Core } from "../core.ts";
import type { StartOfImage } from "../read/read-start.ts";
import { PLAUSIBLE, rankChunkSizes, startsWithExceptions } from "./infer-chunk-size.ts";
import { LOOKALIKE_BYTES, lookalike } from "./lookalike.ts";

export interface StoreChunkSize {
  sectors: number;
  from: ChunkSizeFrom;
  /** What the image is taken for instead of a store, in words; null if it is taken for one. */
  looksLike: string | null;
  ranking: ChunkSizeGuess[];
}

/** Behind a right magic the layout alone is enough to go by. */
const PLAUSIBLE_WITH_MAGIC = 0.25;

/**
 * By which chunk size the store is shown and judged: the header's where areas can be read by it;
 * else the table's; else the best guess; else the kernel's default. What has neither magic nor
 * areas is held to be something else.
 * @throws SourceError
 */
export async function storeChunkSize(
  core: Core,
  source: BlockSource,
  options: CheckOptions,
  start: StartOfImage,
): Promise<StoreChunkSize> {
  const { header } = start;
  const isHeader = header !== null && header.magic === core.SNAP_MAGIC.value >>> 0;
  if (isHeader && core.size_readable(header.chunkSize)) {
    return { sectors: header.chunkSize, from: "header", looksLike: null, ranking: [] };
  }
  const ranking = await rankChunkSizes(core, source);
  const [best] = ranking;
  const enough = isHeader ? PLAUSIBLE_WITH_MAGIC : PLAUSIBLE;
  const tableChunk = options.tableChunk ?? 0;
  if (tableChunk !== 0 && core.size_readable(tableChunk)) {
    // A table that says something else than a store full of evidence is the one that is wrong.
    const itsScore = ranking.find(({ sectors }) => sectors === tableChunk)?.score ?? 0;
    if (!best || best.score < PLAUSIBLE || itsScore >= enough) {
      return { sectors: tableChunk, from: "table", looksLike: null, ranking };
    }
  }
  if (best && best.score >= enough) {
    return { sectors: best.sectors, from: "inferred", looksLike: null, ranking };
  }
  const looksLike = isHeader ? null : await otherThanStore(core, source, options, start);
  return { sectors: core.default_chunk_size(), from: "default", looksLike, ranking };
}

/** @returns null if it may be a store all the same. */
async function otherThanStore(
  core: Core,
  source: BlockSource,
  options: CheckOptions,
  { header, bytes }: StartOfImage,
): Promise<string | null> {
  const more = source.size > bytes.length;
  const length = Math.min(LOOKALIKE_BYTES, source.size);
  const other = lookalike(more ? await source.read([{ offset: 0, length }]) : bytes);
  if (other !== null) return other;
  if (options.tableChunk !== null || header?.magic === 0) return null;
  // A damaged magic in front of fields that are right, or exceptions in the header's place.
  const fields = header !== null && header.version === 1 && header.valid <= 1;
  if (fields && core.size_readable(header.chunkSize)) return null;
  return startsWithExceptions(core, bytes) ? null : "nothing that is known here";
}

/** A chunk size that fits far better than the one in the header, with a table to show for it. */
export function contradiction(
  ranking: readonly ChunkSizeGuess[],
  sectors: number,
): ChunkSizeGuess | null {
  const [best] = ranking;
  if (!best || best.sectors === sectors || best.sane < 4) return null;
  return best.score >= 0.8 ? best : null;
}
