import type { StoreFacts } from "../../protocol/facts.ts";
import type { Patch } from "../../protocol/patch.ts";
import type { TableRepair } from "../../protocol/repair.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { describe } from "../check/activation.ts";
import { type HeaderTraces, headerTraces, strayFits } from "../check/fingerprints.ts";
import { type Core, getBytes, makeCore, toWindow } from "../core.ts";
import { readHeaderChunk, readStart } from "../read/read-start.ts";
import { patchesBetween } from "./diff.ts";
import { FATES, type FateCounts, isChanged } from "./fates.ts";
import { holdAreas } from "./hold-areas.ts";
import {
  type DoubtfulChunks,
  doubtfulOrigin,
  lostCow,
  lostOrigin,
  lostRanges,
} from "./lost-chunks.ts";

export interface MendedTable {
  patches: Required<Patch>[];
  table: TableRepair;
  /** Before it was mended. */
  doubts: DoubtfulChunks;
}

/**
 * The table without what can only be damage, and chunk 0 without what belongs into an area.
 * @param source the image as it is. @param facts of the image with a right header.
 * @param invalidated whether the device may have been written to its end.
 * @returns null where the table, or what is wrong with it, is too large. @throws SourceError
 */
export async function mendTable(
  compiled: WebAssembly.Module,
  source: BlockSource,
  facts: StoreFacts,
  invalidated: boolean,
): Promise<MendedTable | null> {
  const core = await makeCore(compiled);
  describe(core, facts.sectors, facts.options, facts.activation.tableChunk);
  core.set_store_chunk_size(facts.chunkSize);
  const end = Number(facts.exceptions);
  const held = await holdAreas(core, source, end);
  if (!held || !core.begin_repair()) return null;
  const start = await readStart(core, source);
  const chunk = await readHeaderChunk(core, source, start.bytes, facts.chunkSize * 512);
  const taken = chunk.subarray(0, takenFrom(core, headerTraces(core), chunk.length));
  core.load_as_it_stands(end);
  core.take_from_header_chunk(toWindow(core, taken), taken.length, end);
  core.judge_slots(end);
  core.settle_twice();
  core.settle_lost();
  // What was put back may name an origin chunk that another exception holds.
  core.settle_twice();
  core.make_end();
  const counts = countFates(core);
  const origin = lostOrigin(core);
  const doubts = doubtfulOrigin(core);
  const looked = taken.length === chunk.length;
  const withoutTaken = clearTaken(core, chunk, end, false);
  const withoutAny = looked ? clearTaken(core, chunk, end, true) : withoutTaken;
  const exceptions = core.rebuild();
  const inAreas = await held.patches();
  if (!inAreas) return null;
  const cleared = inAreas.length > 0 ? withoutAny : withoutTaken;
  const patches = [...patchesBetween(chunk, cleared, 0), ...inAreas];
  const lost = lostRanges(origin, await lostCow(core, source, invalidated));
  const changedBytes = patches.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return { patches, table: { ...counts, exceptions, changedBytes, lost }, doubts };
}

/** How much of chunk 0 may hold exceptions of this store: all of it, its first 16 bytes, or none. */
function takenFrom(core: Core, traces: HeaderTraces, length: number): number {
  if (strayFits(traces)) return length;
  return traces.race === null ? 0 : core.HEADER_BYTES.value;
}

function clearTaken(
  core: Core,
  chunk: Uint8Array,
  end: number,
  all: boolean,
): Uint8Array<ArrayBuffer> {
  const window = toWindow(core, chunk);
  core.clear_taken(window, chunk.length, end, all);
  return getBytes(core, window, chunk.length);
}

function countFates(core: Core): FateCounts {
  const counts: Partial<FateCounts> = {};
  FATES.forEach((fate, number) => {
    if (isChanged(fate)) counts[fate] = core.copy_fated(number, core.window_pointer(), 0);
  });
  return counts as FateCounts;
}
