import type { StoreFacts } from "../../protocol/facts.ts";
import type { ChunkPair, RaceStart } from "../../protocol/race.ts";
import type { BlockSource } from "../../source/block-source.ts";
import type { Core } from "../core.ts";
import { readChunk } from "../read/read-chunk.ts";

/** Where the race would start on a checked store. @throws SourceError */
export async function raceStart(
  core: Core,
  source: BlockSource,
  facts: StoreFacts,
): Promise<RaceStart> {
  const { chunkSize, exceptionsPerArea: entriesPerArea, areasFull: area } = facts;
  const held = Number(facts.exceptions) - area * entriesPerArea;
  return {
    chunkSize,
    entriesPerArea,
    area,
    entries: await areaEntries(core, source, facts, area, held),
    nextFree: core.get_next_free(),
  };
}

/** The first `count` entries of an area, as many of them as are there to be read. */
export async function areaEntries(
  core: Core,
  source: BlockSource,
  { chunkSize, exceptionsPerArea }: StoreFacts,
  area: number,
  count: number,
): Promise<ChunkPair[]> {
  if (count <= 0) return [];
  const chunk = core.area_location(BigInt(area), exceptionsPerArea);
  const { bytes } = await readChunk(source, chunkSize, chunk);
  const view = new DataView(bytes.buffer);
  const entryBytes = core.EXCEPTION_BYTES.value;
  const there = Math.min(count, Math.floor(bytes.length / entryBytes));
  return Array.from({ length: there }, (_, index): ChunkPair => {
    const at = index * entryBytes;
    return [
      view.getBigUint64(at + core.EXCEPTION_OLD.value, true),
      view.getBigUint64(at + core.EXCEPTION_NEW.value, true),
    ];
  });
}
