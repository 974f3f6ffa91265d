import type { OpenedStore } from "../../protocol/store-service.ts";

/** What the reader made of the entries of one area. */
export interface AreaEntries {
  /** Entries that hold an exception: the first ones of the area. */
  exceptions: number;
  /** Whether the entry after them ended the table. */
  endsTable: boolean;
}

/** The table fills area after area, so the counts alone say what lies where. */
export function entriesOf(store: OpenedStore, area: number): AreaEntries {
  const perArea = store.layout.exceptionsPerArea;
  const before = area * perArea;
  const exceptions = Math.min(Math.max(store.rowCount - before, 0), perArea);
  const reached = before <= store.rowCount && area < store.areaCount;
  return { exceptions, endsTable: reached && exceptions < perArea };
}
