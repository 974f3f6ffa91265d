import type { FoundFact, StoreFacts } from "../../protocol/facts.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { type Core, toWindow } from "../core.ts";
import type { FindingList } from "./lift-findings.ts";

/** The area behind the end of the table, where it begins like one: entries in their proper place. */
export interface OrphanArea {
  area: bigint;
  offset: bigint;
  entries: bigint;
}

/**
 * Looks whether the area that would come next holds a table's continuation: only its beginning is
 * read (one piece). @throws SourceError
 */
export async function findOrphanArea(core: Core, source: BlockSource): Promise<OrphanArea | null> {
  const perArea = core.get_per_area();
  const area = BigInt(core.get_current_area()) + 1n;
  const pieces = perArea / core.piece_entries();
  const offset = core.piece_offset(Number(area) * pieces);
  if (offset < 0) return null;
  const length = Math.min(4096, core.piece_entries() * core.EXCEPTION_BYTES.value);
  const bytes = await source.read([{ offset, length }]);
  const first = core.area_location(area, perArea) + 1n;
  core.probe_area(toWindow(core, bytes), length, core.get_chunk_size(), first);
  const entries = core.get_probed_entries();
  if (entries === 0 || core.get_probed_in_order() !== entries) return null;
  return { area, offset: BigInt(offset), entries: BigInt(entries) };
}

/**
 * Whether the area that the table ends in may have been filled to its last entry in memory: the
 * last data chunk it can name is on the device and was written. Only then does C7's memset() of
 * RACE.md come about. @throws SourceError
 */
export function mayHaveFilledUp(core: Core, source: BlockSource): Promise<boolean> {
  return dataChunkUsed(core, source, core.get_per_area());
}

/** Whether the first data chunk that the last area can name was written. @throws SourceError */
export function firstChunkUsed(core: Core, source: BlockSource): Promise<boolean> {
  return dataChunkUsed(core, source, 1);
}

async function dataChunkUsed(core: Core, source: BlockSource, place: number): Promise<boolean> {
  const chunkBytes = core.get_chunk_size() * 512;
  const area = core.area_location(BigInt(core.get_current_area()), core.get_per_area());
  const offset = Number(area + BigInt(place)) * chunkBytes;
  if (offset + chunkBytes > source.size) return false;
  const bytes = await source.read([{ offset, length: 512 }]);
  return bytes.some((byte) => byte !== 0);
}

/**
 * An invalidated store whose header is right and whose last area is empty, though data was written
 * for it: RACE.md's area overwritten with zeros, or copies that were never committed.
 */
export function addEmptiedArea(list: FindingList, core: Core, facts: StoreFacts): void {
  const area = BigInt(core.get_current_area());
  const chunk = core.area_location(area, core.get_per_area());
  list.add({
    code: "race.area.wiped",
    offset: chunk * BigInt(facts.chunkSize) * 512n,
    length: core.EXCEPTION_BYTES.value,
    chunk,
    area,
    index: null,
    expected: facts.exceptions,
    found: 0n,
    extra: null,
  });
}

/** What an area behind the end says about the past, and holes in an otherwise sound table. */
export function addTableHistory(
  list: FindingList,
  facts: StoreFacts,
  orphan: OrphanArea | null,
  lastAreaEntries: bigint,
): void {
  if (orphan) list.add(orphanFinding(facts, orphan, lastAreaEntries));
  const holes = list.findings.find(({ code }) => code === "store.holes");
  const sound = [...list.counts.keys()].every((code) => !code.startsWith("exception.new."));
  if (holes && sound && facts.exceptions > 0n) list.add({ ...holes, code: "history.holes" });
}

function orphanFinding(facts: StoreFacts, orphan: OrphanArea, lastEntries: bigint): FoundFact {
  const empty = lastEntries === 0n;
  const invalidated = facts.header?.valid === 0;
  const code =
    invalidated && empty
      ? "race.area.wiped"
      : empty && orphan.area > 1n
        ? "store.orphan-area"
        : "history.reformatted";
  return {
    code,
    offset: orphan.offset,
    length: Number(orphan.entries) * 16,
    chunk: orphan.offset / (BigInt(facts.chunkSize) * 512n),
    area: orphan.area,
    index: null,
    expected: facts.exceptions,
    found: orphan.entries,
    extra: empty ? 1n : null,
  };
}
