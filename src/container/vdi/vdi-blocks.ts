import type { BlockSource } from "../../source/block-source.ts";
import type { BlockTable } from "../tables/block-map.ts";
import type { ExtentList } from "../tables/extent-list.ts";

/** From here on an entry is none: free (0xffffffff) or discarded (0xfffffffe), both zeros. */
const FIRST_UNUSED = 0xfffffffe;

/** Which block of a VDI lies where: 4 bytes a block, its number in the file. */
export class VdiBlocks implements BlockTable {
  readonly path = "vdi";
  readonly entryBytes = 4;
  readonly children: readonly BlockSource[];

  /** @param at where table and blocks begin in the file, and what lies before each block: in bytes. */
  constructor(
    private readonly file: BlockSource,
    readonly size: number,
    readonly blockBytes: number,
    private readonly at: { tableAt: number; dataAt: number; extra: number },
  ) {
    this.children = [file];
  }

  entryAt(block: number): number {
    return this.at.tableAt + block * this.entryBytes;
  }

  place(
    out: ExtentList,
    _block: number,
    within: number,
    length: number,
    entry: DataView | null,
    at: number,
  ): void {
    const number = entry?.getUint32(at, true) ?? FIRST_UNUSED;
    if (number >= FIRST_UNUSED) {
      out.zeros(length);
      return;
    }
    const { dataAt, extra } = this.at;
    const offset = dataAt + number * (this.blockBytes + extra) + extra + within;
    out.childOrHole(0, this.file, offset, length);
  }
}
