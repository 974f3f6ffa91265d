import type { BlockSource } from "../../source/block-source.ts";
import { type Backing, placeBacking } from "../backing.ts";
import type { BlockTable } from "../tables/block-map.ts";
import type { ExtentList } from "../tables/extent-list.ts";

const FILE = 0;
const BACKING = 1;
/** An entry that is no offset: a cluster of zeros. */
const ZEROS = 1n;

/** Which cluster of a QED lies where. */
export class QedClusters implements BlockTable {
  readonly path = "qed";
  readonly entryBytes = 8;
  readonly blockBytes: number;
  readonly children: readonly BlockSource[];

  /** @param l1 8 bytes an entry: where an L2 table lies. */
  constructor(
    private readonly file: BlockSource,
    readonly size: number,
    private readonly shape: { clusterBytes: number; perTable: number },
    private readonly l1: DataView,
    private readonly backing: Backing | null,
  ) {
    this.blockBytes = shape.clusterBytes;
    this.children = [file, ...(backing?.source ? [backing.source] : [])];
  }

  entryAt(block: number): number | null {
    const { perTable } = this.shape;
    const index = Math.floor(block / perTable);
    const table = this.l1.getBigUint64(index * 8, true);
    if (table === 0n) return null;
    return Number(table) + (block - index * perTable) * this.entryBytes;
  }

  place(
    out: ExtentList,
    block: number,
    within: number,
    length: number,
    page: DataView | null,
    at: number,
  ): void {
    const entry = page?.getBigUint64(at, true) ?? 0n;
    if (entry === ZEROS) out.zeros(length);
    else if (entry === 0n) {
      placeBacking(out, this.backing, BACKING, block * this.blockBytes + within, length);
    } else out.childOrHole(FILE, this.file, Number(entry) + within, length);
  }
}
