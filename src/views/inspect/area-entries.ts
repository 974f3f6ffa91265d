import { entryParts } from "../../hex/field-map.ts";
import { littleEndian } from "../../hex/little-endian.ts";
import type { ChunkBytes, OpenedStore } from "../../protocol/store-service.ts";

/** What the reader made of the entries of one area. */
export interface AreaEntries {
  /** Entries that hold an exception: the first ones of the area. */
  exceptions: number;
  /** Whether the entry after them ended the table. */
  endsTable: boolean;
  /** What became of the exceptions, if not that they count. */
  fate: string | null;
}

/** The table fills area after area, so the counts alone say what lies where. */
export function entriesOf(store: OpenedStore, area: number, chunk: ChunkBytes): AreaEntries {
  const perArea = store.layout.exceptionsPerArea;
  if (area >= store.areaCount) return orphanEntries(store, chunk);
  const before = area * perArea;
  const exceptions = Math.min(Math.max(store.rowCount - before, 0), perArea);
  return { exceptions, endsTable: before <= store.rowCount && exceptions < perArea, fate: null };
}

/** An area that the reader never came to: its entries up to the one that would end it. */
function orphanEntries({ layout }: OpenedStore, chunk: ChunkBytes): AreaEntries {
  let exceptions = 0;
  while (exceptions < layout.exceptionsPerArea) {
    const target = entryParts(chunk, layout, exceptions).at(-1);
    // The kernel takes a new_chunk of 0 for the end: chunk 0 is the header's.
    if (target === undefined || !littleEndian(chunk, target)) break;
    exceptions += 1;
  }
  return { exceptions, endsTable: false, fate: "never read" };
}
