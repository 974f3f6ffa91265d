import type { StoreFacts } from "../../protocol/facts.ts";
import type { EntryState, LookupKind, LookupPlace } from "../../protocol/lookup.ts";
import type { Core } from "../core.ts";
import { storeLayout } from "../read/store-layout.ts";

/** A place, worked out as far as it can be without the table. Bytes, but for chunks and areas. */
export interface PlaceFacts {
  kind: LookupKind;
  chunk: bigint;
  offset: bigint;
  within: bigint;
  field: string | null;
  area: bigint | null;
  index: number | null;
  entry: EntryState | null;
  /** The exception that lies at the place itself; null: none does. */
  row: bigint | null;
}

const NO_ENTRY = { field: null, area: null, index: null, entry: null, row: null } as const;

export const SECTOR = 512n;

export function unitBytes(facts: StoreFacts, { unit }: Pick<LookupPlace, "unit">): bigint {
  return { byte: 1n, sector: SECTOR, chunk: BigInt(facts.chunkSize) * SECTOR }[unit];
}

/** @param core described, with the store's chunk size. */
export function placeFacts(core: Core, facts: StoreFacts, place: LookupPlace): PlaceFacts {
  const chunkBytes = BigInt(facts.chunkSize) * SECTOR;
  const offset = place.number * unitBytes(facts, place);
  const chunk = offset / chunkBytes;
  const at = { ...NO_ENTRY, chunk, offset, within: offset - chunk * chunkBytes };
  if (place.device === "origin") {
    const { originSectors } = facts.options;
    const beyond = originSectors !== null && offset >= originSectors * SECTOR;
    return { ...at, kind: beyond ? "beyond-end" : "not-mapped" };
  }
  if (offset >= facts.bytes) return { ...at, kind: "beyond-end" };
  if (chunk >= core.get_cow_chunks()) return { ...at, kind: "tail" };
  const layout = storeLayout(core, facts.chunkSize);
  const fieldAt = (fields: typeof layout.headerFields, byte: number): string | null =>
    place.unit === "byte"
      ? (fields.find((one) => byte >= one.offset && byte < one.offset + one.length)?.name ?? null)
      : null;
  if (chunk === 0n) {
    return { ...at, kind: "header", field: fieldAt(layout.headerFields, Number(at.within)) };
  }
  const perArea = core.get_per_area();
  if (!core.is_metadata_chunk(chunk, perArea)) {
    return { ...at, kind: chunk < core.get_next_free() ? "unnamed" : "free" };
  }
  const area = core.area_of_chunk(chunk);
  if (place.unit === "chunk") return { ...at, kind: "metadata", area };
  const index = Number(at.within) / layout.exceptionBytes;
  const row = area * BigInt(perArea) + BigInt(Math.floor(index));
  const entry = entryState(facts, area, row);
  const field = fieldAt(layout.exceptionFields, Number(at.within) % layout.exceptionBytes);
  return {
    ...at,
    kind: "metadata",
    field,
    area,
    index: Math.floor(index),
    entry,
    row: entry === "exception" ? row : null,
  };
}

function entryState(facts: StoreFacts, area: bigint, row: bigint): EntryState {
  if (area >= BigInt(facts.areasRead)) return "never-read";
  if (row < facts.exceptions) return "exception";
  return row === facts.exceptions ? "end-of-table" : "behind-the-end";
}
