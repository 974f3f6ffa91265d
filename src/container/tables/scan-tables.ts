import { type BlockSource, isRun } from "../../source/block-source.ts";

/** A table of a file, for the blocks from some place of the disk on. */
export interface TablePlace {
  index: number;
  /** In the file, in bytes. */
  offset: number;
}

/** Tables read at once. */
const BATCH_BYTES = 1 << 20;

/**
 * Looks through tables in order, until `look` finds something.
 * @param tableBytes of each table. @param look is given null for one that does not lie in the file.
 */
export async function scanTables<Found>(
  source: BlockSource,
  places: readonly TablePlace[],
  tableBytes: number,
  look: (table: DataView | null, index: number) => Found | null,
): Promise<Found | null> {
  const perBatch = Math.max(Math.floor(BATCH_BYTES / tableBytes), 1);
  for (let i = 0; i < places.length; i += perBatch) {
    const batch = places.slice(i, i + perBatch);
    const isThere = ({ offset }: TablePlace) => isRun(offset, tableBytes, source.size);
    const ranges = batch.filter(isThere).map(({ offset }) => ({ offset, length: tableBytes }));
    const bytes = await source.read(ranges);
    let at = bytes.byteOffset;
    for (const place of batch) {
      const table = isThere(place) ? new DataView(bytes.buffer, at, tableBytes) : null;
      if (table) at += tableBytes;
      const found = look(table, place.index);
      if (found !== null) return found;
    }
  }
  return null;
}
