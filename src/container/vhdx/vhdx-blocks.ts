import type { BlockSource } from "../../source/block-source.ts";
import type { BlockTable } from "../tables/block-map.ts";
import type { ExtentList } from "../tables/extent-list.ts";
import type { VhdxDisk } from "./metadata.ts";

/** States of a block ([MS-VHDX] 2.5.1.1). */
const FULLY_PRESENT = 6;
const PARTLY_PRESENT = 7;
/** A bitmap of 1 MiB says of so many sectors whether they are the parent's. */
const SECTORS_A_BITMAP = 2 ** 23;

/** How many entries for blocks stand in the table before one for a bitmap does. */
export function chunkRatio({ logicalSector, blockBytes }: VhdxDisk): number {
  return (SECTORS_A_BITMAP * logicalSector) / blockBytes;
}

/** Which block of a VHDX lies where: 8 bytes a block, its state and the MiB where it begins. */
export class VhdxBlocks implements BlockTable {
  readonly path = "vhdx";
  readonly entryBytes = 8;
  readonly children: readonly BlockSource[];
  readonly size: number;
  readonly blockBytes: number;
  private readonly perBitmap: number;

  constructor(
    private readonly file: BlockSource,
    private readonly disk: VhdxDisk,
  ) {
    this.children = [file];
    this.size = disk.size;
    this.blockBytes = disk.blockBytes;
    this.perBitmap = chunkRatio(disk);
  }

  entryAt(block: number): number {
    const bitmaps = Math.floor(block / this.perBitmap);
    return this.disk.table.offset + (block + bitmaps) * this.entryBytes;
  }

  place(
    out: ExtentList,
    _block: number,
    within: number,
    length: number,
    entry: DataView | null,
    at: number,
  ): void {
    const low = entry?.getUint32(at, true) ?? 0;
    const high = entry?.getUint32(at + 4, true) ?? 0;
    const state = low & 7;
    if (state === FULLY_PRESENT) {
      const offset = high * 2 ** 32 + ((low & 0xfff00000) >>> 0) + within;
      out.childOrHole(0, this.file, offset, length);
    } else if (state === PARTLY_PRESENT) out.hole(PARTLY, length);
    else out.zeros(length);
  }
}

const PARTLY = "its block is said to lie in a parent in part, and there is none";
