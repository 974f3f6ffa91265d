import type { CheckOptions } from "../../protocol/check.ts";
import { type ChunkSizeGuess, type HeaderFields, NOT_KNOWN } from "../../protocol/facts.ts";
import { LOOKALIKE_BYTES, lookalike } from "../../protocol/lookalike.ts";
import type { ChunkSizeFrom, TableChunkFrom } from "../../protocol/report.ts";
import type { BlockSource } from "../../source/block-source.ts";
import type { Core } from "../core.ts";
import { hasMagic, hasRightFields, type StartOfImage } from "../read/read-start.ts";
import { PLAUSIBLE, rankChunkSizes, startsWithExceptions } from "./infer-chunk-size.ts";

/** A chunk size in the table line, and whose it is. */
export interface TableChunk {
  sectors: number;
  from: TableChunkFrom;
}

export interface StoreChunkSize {
  sectors: number;
  from: ChunkSizeFrom;
  table: TableChunk;
  /** What the image is taken for instead of a store, in words; null if it is taken for one. */
  looksLike: string | null;
  ranking: ChunkSizeGuess[];
}

/** Behind a right magic the layout alone is enough to go by. */
const PLAUSIBLE_WITH_MAGIC = 0.25;
/** What lvcreate takes where nobody says otherwise (chunksize in lvm2's defaults: 4 KiB). */
const LVM_DEFAULT_SECTORS = 8;

/**
 * By which chunk size the store is shown and judged: the header's where areas can be read by it;
 * else the table's; else the best guess; else what the table line then has. What has neither magic
 * nor areas is held to be something else.
 * @throws SourceError
 */
export async function storeChunkSize(
  core: Core,
  source: BlockSource,
  options: CheckOptions,
  start: StartOfImage,
): Promise<StoreChunkSize> {
  const { header } = start;
  const isHeader = header !== null && hasMagic(core, header);
  const known = knownTableChunk(core, options, header);
  const byHeader = isHeader && core.size_readable(header.chunkSize);
  if (byHeader && known) {
    return { ...headerSize(header), table: known, looksLike: null, ranking: [] };
  }
  const ranking = await rankChunkSizes(core, source);
  const [best] = ranking;
  const enough = isHeader ? PLAUSIBLE_WITH_MAGIC : PLAUSIBLE;
  const table = known ?? guessedTableChunk(ranking, enough);
  if (byHeader) return { ...headerSize(header), table, looksLike: null, ranking };
  const said = table.from === "given" || table.from === "lvm" ? table.sectors : 0;
  if (said !== 0 && core.size_readable(said)) {
    // A table that says something else than a store full of evidence is the one that is wrong.
    const itsScore = ranking.find(({ sectors }) => sectors === said)?.score ?? 0;
    if (!best || best.score < PLAUSIBLE || itsScore >= enough) {
      return { sectors: said, from: "table", table, looksLike: null, ranking };
    }
  }
  if (best && best.score >= enough) {
    return { sectors: best.sectors, from: "inferred", table, looksLike: null, ranking };
  }
  const looksLike = isHeader ? null : await otherThanStore(core, source, options, start);
  const sectors = table.from === "default" ? table.sectors : core.default_chunk_size();
  return { sectors, from: "default", table, looksLike, ranking };
}

const headerSize = ({ chunkSize }: HeaderFields) =>
  ({ sectors: chunkSize, from: "header" }) as const;

/** What the table line has without a look at areas; null where only they can tell. */
function knownTableChunk(
  core: Core,
  { tableChunk, lvmChunk }: CheckOptions,
  header: HeaderFields | null,
): TableChunk | null {
  if (tableChunk !== null) return { sectors: tableChunk, from: "given" };
  if (lvmChunk !== undefined) return { sectors: lvmChunk, from: "lvm" };
  return header && core.header_size_accepted(core.header_pointer())
    ? { sectors: header.chunkSize, from: "header" }
    : null;
}

/** LVM always gives one: most likely the one that the areas were written by. */
function guessedTableChunk(ranking: readonly ChunkSizeGuess[], enough: number): TableChunk {
  const [best, next] = ranking;
  return best && best.score >= enough && best.score > (next?.score ?? 0)
    ? { sectors: best.sectors, from: "inferred" }
    : { sectors: LVM_DEFAULT_SECTORS, from: "default" };
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
  if (header !== null && hasRightFields(core, header)) return null;
  return startsWithExceptions(core, bytes) ? null : NOT_KNOWN;
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
