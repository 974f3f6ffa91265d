import type { FoundFact, StoreFacts } from "../../protocol/facts.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { type Core, toWindow } from "../core.ts";
import type { FindingList } from "./lift-findings.ts";

/** An area behind the end of the table that begins like one of it: entries in their proper place. */
export interface OrphanArea {
  area: bigint;
  offset: bigint;
  entries: bigint;
}

/** How many exceptions a table has, and in how many full areas. */
export type TableFacts = Pick<StoreFacts, "areasFull" | "exceptions" | "exceptionsPerArea">;

/** How many of its exceptions lie in the area that the table ends in. */
export const inLastArea = ({ areasFull, exceptions, exceptionsPerArea }: TableFacts): bigint =>
  exceptions - BigInt(areasFull) * BigInt(exceptionsPerArea);

/** Looks whether the area that would come next holds a table's continuation. @throws SourceError */
export function findOrphanArea(core: Core, source: BlockSource): Promise<OrphanArea | null> {
  return continuationIn(core, source, core.get_current_area() + 1);
}

/**
 * The exceptions in their proper place that an area begins with: only its beginning is read (one
 * piece). @returns null where there are none, or others before its first free entry, or no such
 * area on the device. @throws SourceError
 */
export async function continuationIn(
  core: Core,
  source: BlockSource,
  index: number,
): Promise<OrphanArea | null> {
  const perArea = core.get_per_area();
  const area = BigInt(index);
  const pieces = perArea / core.piece_entries();
  const offset = core.piece_offset(index * pieces);
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
): void {
  if (orphan) list.add(orphanFinding(facts, orphan));
  const holes = list.findings.find(({ code }) => code === "store.holes");
  const sound = [...list.counts.keys()].every((code) => !code.startsWith("exception.new."));
  if (holes && sound && facts.exceptions > 0n) list.add({ ...holes, code: "history.holes" });
}

function orphanFinding(facts: StoreFacts, orphan: OrphanArea): FoundFact {
  const empty = inLastArea(facts) === 0n;
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
