import type { LostRanges } from "../../protocol/repair.ts";
import type { BlockSource } from "../../source/block-source.ts";
import type { Core } from "../core.ts";
import { FATES, type Fate, LOSES_ORIGIN } from "./fates.ts";

/** Chunks of either kind that are looked at; what is beyond is said to be more. */
const MOST_CHUNKS = 1 << 14;
/** How much of a data chunk is looked at, in bytes. */
const LOOK_BYTES = 4096;

/** Origin chunks whose exception was dropped, while no other holds them. */
export const lostOrigin = (core: Core): Chunks => fated(core, LOSES_ORIGIN);

export interface Chunks {
  chunks: bigint[];
  more: boolean;
}

/** Origin chunks of which the snapshot, as it stands, may read something else than it should. */
export interface DoubtfulChunks {
  /** Their exception is damaged, or contradicts another. */
  doubtful: Chunks;
  /** Their exception is not in the table any more: the origin as it is now. */
  lost: Chunks;
}

export const doubtfulOrigin = (core: Core): DoubtfulChunks => ({
  doubtful: fated(core, [
    "masked",
    "restored",
    "leftShared",
    "droppedNew",
    "droppedTwice",
    "droppedNoRoom",
  ]),
  lost: fated(core, ["reattached", "taken", "droppedShared"]),
});

function fated(core: Core, fates: readonly Fate[]): Chunks {
  const chunks: bigint[] = [];
  let more = false;
  for (const fate of fates) {
    const window = core.window_pointer();
    const total = core.copy_fated(FATES.indexOf(fate), window, MOST_CHUNKS);
    const count = Math.min(total, MOST_CHUNKS);
    more ||= total > count;
    const entries = new BigUint64Array(core.memory.buffer, window, count * 2);
    for (let i = 0; i < count; i++) chunks.push(entries[i * 2] ?? 0n);
  }
  return { chunks, more };
}

/**
 * Data chunks that hold data and that no exception names.
 * @param all also behind the last that was ever named: an invalidated device was written to its end.
 * @throws SourceError
 */
export async function lostCow(
  core: Core,
  source: BlockSource,
  all: boolean,
): Promise<{ chunks: bigint[]; more: boolean }> {
  const window = core.window_pointer();
  const total = core.copy_unnamed(window, MOST_CHUNKS, all);
  const count = Math.min(total, MOST_CHUNKS);
  const candidates = new BigUint64Array(core.memory.buffer, window, count).slice();
  const chunkBytes = core.get_chunk_size() * 512;
  const length = Math.min(chunkBytes, LOOK_BYTES);
  const chunks: bigint[] = [];
  for (const chunk of candidates) {
    const bytes = await source.read([{ offset: Number(chunk) * chunkBytes, length }]);
    if (bytes.some((byte) => byte !== 0)) chunks.push(chunk);
  }
  return { chunks, more: total > count };
}

export function lostRanges(
  origin: { chunks: bigint[]; more: boolean },
  cow: { chunks: bigint[]; more: boolean },
): LostRanges {
  return { origin: ranges(origin.chunks), cow: ranges(cow.chunks), more: origin.more || cow.more };
}

/** Runs of chunks, first and last. */
function ranges(chunks: readonly bigint[]): [bigint, bigint][] {
  const sorted = [...new Set(chunks)].sort((a, b) => (a < b ? -1 : 1));
  const runs: [bigint, bigint][] = [];
  for (const chunk of sorted) {
    const last = runs.at(-1);
    if (last && last[1] + 1n === chunk) last[1] = chunk;
    else runs.push([chunk, chunk]);
  }
  return runs;
}
