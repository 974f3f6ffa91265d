import type { BlockSource } from "../../source/block-source.ts";
import type { BlockTable } from "../tables/block-map.ts";
import type { ExtentList } from "../tables/extent-list.ts";

const SECTOR = 512;
const FREE = 0xffffffff;

/** Which block of a dynamic VHD lies where: 4 bytes a block, the sector where its bitmap begins. */
export class VhdBlocks implements BlockTable {
  readonly path = "vhd";
  readonly entryBytes = 4;
  readonly children: readonly BlockSource[];
  private readonly bitmapBytes: number;

  /** @param tableAt in the file, in bytes. */
  constructor(
    private readonly file: BlockSource,
    readonly size: number,
    readonly blockBytes: number,
    private readonly tableAt: number,
  ) {
    this.children = [file];
    this.bitmapBytes = Math.ceil(blockBytes / SECTOR / 8 / SECTOR) * SECTOR;
  }

  entryAt(block: number): number {
    return this.tableAt + block * this.entryBytes;
  }

  /** The bitmap says which sectors were written; the others hold zeros, so qemu does not ask it. */
  place(
    out: ExtentList,
    _block: number,
    within: number,
    length: number,
    entry: DataView | null,
    at: number,
  ): void {
    const sector = entry?.getUint32(at) ?? FREE;
    if (sector === FREE) out.zeros(length);
    else {
      const offset = sector * SECTOR + this.bitmapBytes + within;
      out.childOrHole(0, this.file, offset, length);
    }
  }
}
