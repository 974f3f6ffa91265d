import type { BlockSource } from "../../source/block-source.ts";
import { type Backing, placeBacking } from "../backing.ts";
import type { BlockTable } from "../tables/block-map.ts";
import { BEHIND_THE_END, type ExtentList } from "../tables/extent-list.ts";
import { inflate } from "../unpack/inflate.ts";
import { unzstd } from "../unpack/zstd-block.ts";
import { clusterEntry, type EntryFormat } from "./cluster-entry.ts";

/** What one state of the disk (the present one, an internal snapshot) is made of. */
export interface DiskState {
  /** In bytes. */
  size: number;
  /** Its L1 table, 8 bytes an entry. */
  l1: DataView;
}

/** What all states of a qcow2 share. */
export interface ClusterSources {
  file: BlockSource;
  format: EntryFormat;
  compression: "deflate" | "zstd";
  /** Where clusters lie; null: in a data file that is not there, `dataWhy` says why. */
  data: BlockSource | null;
  dataWhy: string;
  backing: Backing | null;
}

/** As children of the disk: the qcow2 comes first, as tables lie in it. */
const FILE = 0;
const DATA = 1;
const BACKING = 2;

const DAMAGED = "its entry in the L2 table is damaged";

/** Which cluster of a qcow2 lies where (block/qcow2-cluster.c: qcow2_get_host_offset). */
export class Clusters implements BlockTable {
  readonly size: number;
  readonly children: readonly BlockSource[];
  readonly blockBytes: number;
  readonly entryBytes: number;
  private readonly l2Entries: number;

  constructor(
    readonly path: string,
    private readonly of: ClusterSources,
    private readonly state: DiskState,
  ) {
    this.size = state.size;
    const { file, data, backing, format } = of;
    this.children = [file, data ?? file, ...(backing?.source ? [backing.source] : [])];
    this.blockBytes = 2 ** format.clusterBits;
    this.entryBytes = format.extended ? 16 : 8;
    this.l2Entries = this.blockBytes / this.entryBytes;
  }

  entryAt(block: number): number | null {
    const index = Math.floor(block / this.l2Entries);
    const table = l2TableAt(this.state.l1, index);
    if (table === 0) return null;
    // One that is at no cluster lies nowhere.
    if (table % this.blockBytes !== 0) return Number.NaN;
    return table + (block - index * this.l2Entries) * this.entryBytes;
  }

  place(
    out: ExtentList,
    block: number,
    within: number,
    length: number,
    entry: DataView | null,
    at: number,
  ): void {
    const { format } = this.of;
    const cluster = entry ? clusterEntry(entry, at, format) : UNALLOCATED;
    if (cluster.is === "packed") this.placePacked(out, cluster, within, length);
    else if (cluster.is === "damaged") out.hole(DAMAGED, length);
    else if (cluster.is === "zeros") out.zeros(length);
    else {
      const offset = cluster.is === "data" ? cluster.offset : null;
      if (entry && format.extended) {
        const zeros = entry.getUint32(at + 8);
        const allocated = entry.getUint32(at + 12);
        this.placeSubclusters(out, block, within, length, offset, { zeros, allocated });
      } else this.placeRun(out, block, within, length, offset);
    }
  }

  /** @param offset of the cluster; null: it is the backing file's. */
  private placeRun(
    out: ExtentList,
    block: number,
    within: number,
    length: number,
    offset: number | null,
  ): void {
    const { data, dataWhy, backing } = this.of;
    if (offset === null) {
      placeBacking(out, backing, BACKING, block * this.blockBytes + within, length);
    } else if (data) out.childOrHole(DATA, data, offset + within, length);
    else out.hole(dataWhy, length);
  }

  /** 32 a cluster, each with a bit in both bitmaps; both set is damage. */
  private placeSubclusters(
    out: ExtentList,
    block: number,
    within: number,
    length: number,
    offset: number | null,
    bits: { zeros: number; allocated: number },
  ): void {
    const bytes = this.blockBytes / 32;
    const end = within + length;
    for (let at = within; at < end; ) {
      const sub = Math.floor(at / bytes);
      const part = Math.min((sub + 1) * bytes, end) - at;
      const isZero = (bits.zeros >>> sub) & 1;
      const isAllocated = (bits.allocated >>> sub) & 1;
      if (isAllocated && (isZero || offset === null)) out.hole(DAMAGED, part);
      else if (isZero) out.zeros(part);
      else this.placeRun(out, block, at, part, isAllocated ? offset : null);
      at += part;
    }
  }

  private placePacked(
    out: ExtentList,
    { offset, packed }: { offset: number; packed: number },
    within: number,
    length: number,
  ): void {
    const { file, compression } = this.of;
    const most = this.blockBytes;
    if (offset >= file.size) {
      out.hole(BEHIND_THE_END, length);
      return;
    }
    const decode =
      compression === "zstd"
        ? (bytes: Uint8Array) => unzstd(bytes, most)
        : (bytes: Uint8Array) => inflate(bytes, most);
    // The last sector that they reach into need not be there in full.
    const there = Math.min(packed, file.size - offset);
    out.packed({ from: "decode", child: FILE, offset, packed: there, decode, within, length });
  }
}

const UNALLOCATED = { is: "unallocated" } as const;

/** Where an L2 table lies in the file, in bytes; 0: there is none. */
export function l2TableAt(l1: DataView, index: number): number {
  const at = index * 8;
  if (at + 8 > l1.byteLength) return 0;
  return (l1.getUint32(at) & 0x00ffffff) * 2 ** 32 + ((l1.getUint32(at + 4) & 0xfffffe00) >>> 0);
}
