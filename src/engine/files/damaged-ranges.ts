import { makeReport } from "../../explain/report/report.ts";
import type { DamagedRange, DamageWhy } from "../../protocol/files.ts";
import { makeCore } from "../core.ts";
import { invalidated } from "../repair/invalidated.ts";
import type { Chunks } from "../repair/lost-chunks.ts";
import { mendTable } from "../repair/mend-table.ts";
import type { SnapshotMap } from "../snapshot/snapshot-map.ts";
import type { SnapshotStore } from "../snapshot/snapshot-store.ts";

/** The damaged parts of the snapshot device, as far as their place is known. */
export interface DamageOfSnapshot {
  ranges: DamagedRange[];
  /** Sentences: damage whose place is not known. */
  notes: string[];
}

/** In bytes, of one look at the map. */
const STEP = 1 << 26;

/**
 * What of the snapshot device cannot be read, or may not be what it was: nothing where the report
 * has no problem. @throws SourceError
 */
export async function damagedRanges(
  compiled: WebAssembly.Module,
  store: SnapshotStore,
  map: SnapshotMap,
): Promise<DamageOfSnapshot> {
  const { findings } = makeReport(store.name, store.facts);
  if (findings.every(({ severity }) => severity === "ok" || severity === "note")) {
    return { ranges: [], notes: [] };
  }
  const ranges = unreadable(map);
  const core = await makeCore(compiled);
  const all = invalidated(core, store.facts) !== "no";
  const mended = await mendTable(compiled, store.cow, store.facts, all);
  if (!mended) return { ranges, notes: [TOO_LARGE] };
  const { doubts, table } = mended;
  ranges.push(...inDoubt(map, doubts.doubtful, "doubtful"), ...inDoubt(map, doubts.lost, "lost"));
  const more = doubts.doubtful.more || doubts.lost.more;
  const unnamed = table.lost.cow.reduce((sum, [first, last]) => sum + last - first + 1n, 0n);
  const notes = [...(more ? [TOO_LARGE] : []), ...(unnamed > 0n ? [unnamedWords(unnamed)] : [])];
  return { ranges, notes };
}

const TOO_LARGE =
  "There is more damage in the table of exceptions than is listed: files that are told as whole may lie in it.";

const unnamedWords = (chunks: bigint): string =>
  `${chunks} chunk${chunks === 1n ? "" : "s"} of the COW device hold data of which nothing says any more where it belongs: there the snapshot reads as the origin is now, and files that are told as whole may lie there.`;

function unreadable(map: SnapshotMap): DamagedRange[] {
  const ranges: DamagedRange[] = [];
  for (const { from, at, length } of map.extents(STEP)) {
    if (from === "error") ranges.push({ offset: at, length, why: "unreadable" });
  }
  return ranges;
}

/** Chunks of the device that can be read all the same. */
function inDoubt(map: SnapshotMap, { chunks }: Chunks, why: DamageWhy): DamagedRange[] {
  const { chunkBytes, bytes } = map;
  return chunks.flatMap((chunk) => {
    const offset = Number(chunk) * chunkBytes;
    if (offset >= bytes) return [];
    const length = Math.min(chunkBytes, bytes - offset);
    const [extent] = map.within(offset, length);
    return extent?.from === "error" ? [] : { offset, length, why };
  });
}
