import { MARKER_BYTES } from "./grains.ts";
import type { SparseHeader } from "./sparse-header.ts";

const SECTOR = 512;

/** Which grains lie behind the end of a file that was cut off, from table to table. */
export class MissingGrains {
  /** The first byte of the disk that lies behind the end. */
  first: number | null = null;
  /** The packed grain that lies last in the file: only it can be there in part. */
  last: { offset: number; place: number } | null = null;

  constructor(
    private readonly header: SparseHeader,
    private readonly fileSize: number,
  ) {}

  /** @param table null: it lies behind the end itself. */
  look(table: DataView | null, index: number): void {
    const { capacity, grainBytes, entriesPerTable, zeroGrains } = this.header;
    const start = index * entriesPerTable * grainBytes;
    if (!table) {
      this.miss(start);
      return;
    }
    const grains = Math.min(entriesPerTable, Math.ceil((capacity - start) / grainBytes));
    for (let i = 0; i < grains; i++) {
      const sector = table.getUint32(i * 4, true);
      // Most are 0, of a disk that is not full: millions of them.
      if (sector === 0 || (sector === 1 && zeroGrains)) continue;
      this.grain(sector * SECTOR, start + i * grainBytes);
    }
  }

  private grain(offset: number, place: number): void {
    const { capacity, grainBytes, packed } = this.header;
    const there = Math.max(this.fileSize - offset, 0);
    const needed = packed ? MARKER_BYTES : Math.min(grainBytes, capacity - place);
    if (there < needed) this.miss(packed ? place : place + there);
    else if (packed && offset > (this.last?.offset ?? 0)) this.last = { offset, place };
  }

  private miss(place: number): void {
    this.first = Math.min(place, this.first ?? place);
  }
}
