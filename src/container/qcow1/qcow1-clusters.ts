import type { BlockSource } from "../../source/block-source.ts";
import { type Backing, placeBacking } from "../backing.ts";
import type { BlockTable } from "../tables/block-map.ts";
import { BEHIND_THE_END, type ExtentList } from "../tables/extent-list.ts";
import { inflate } from "../unpack/inflate.ts";

const FILE = 0;
const BACKING = 1;
const PACKED = 1n << 63n;

/** Which cluster of a qcow of version 1 lies where (block/qcow.c: get_cluster_offset). */
export class Qcow1Clusters implements BlockTable {
  readonly path = "qcow1";
  readonly entryBytes = 8;
  readonly blockBytes: number;
  readonly children: readonly BlockSource[];

  /** @param l1 8 bytes an entry: where an L2 table lies. */
  constructor(
    private readonly file: BlockSource,
    readonly size: number,
    private readonly bits: { cluster: number; l2: number },
    private readonly l1: DataView,
    private readonly backing: Backing | null,
  ) {
    this.blockBytes = 2 ** bits.cluster;
    this.children = [file, ...(backing?.source ? [backing.source] : [])];
  }

  entryAt(block: number): number | null {
    const perTable = 2 ** this.bits.l2;
    const index = Math.floor(block / perTable);
    const table = this.l1.getBigUint64(index * 8);
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
    const entry = page?.getBigUint64(at) ?? 0n;
    if (entry === 0n) {
      placeBacking(out, this.backing, BACKING, block * this.blockBytes + within, length);
    } else if (entry & PACKED) this.placePacked(out, entry ^ PACKED, within, length);
    else out.childOrHole(FILE, this.file, Number(entry) + within, length);
  }

  /** The length in the high bits, then the offset, both in bytes. */
  private placePacked(out: ExtentList, entry: bigint, within: number, length: number): void {
    const offsetBits = BigInt(63 - this.bits.cluster);
    const offset = Number(entry & ((1n << offsetBits) - 1n));
    const packed = Number(entry >> offsetBits);
    const most = this.blockBytes;
    if (packed === 0 || offset + packed > this.file.size) out.hole(BEHIND_THE_END, length);
    else {
      const decode = (bytes: Uint8Array) => inflate(bytes, most);
      out.packed({ from: "decode", child: FILE, offset, packed, decode, within, length });
    }
  }
}
