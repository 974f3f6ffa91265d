import type { BlockSource } from "../../source/block-source.ts";
import { type Backing, placeBacking } from "../backing.ts";
import type { BlockTable } from "../tables/block-map.ts";
import { BEHIND_THE_END, type ExtentList } from "../tables/extent-list.ts";
import { inflateZlib } from "../unpack/inflate.ts";
import type { SparseHeader } from "./sparse-header.ts";

/** What an overlay does not hold, and where this part of the disk begins there, in bytes. */
export interface Parent {
  backing: Backing;
  offset: number;
}

const SECTOR = 512;
const FILE = 0;
const PARENT = 1;
/** The grain's first sector (8 bytes), how many packed bytes follow (4 bytes). */
export const MARKER_BYTES = 12;

/** Which grain of a sparse extent lies where (block/vmdk.c: get_cluster_offset). */
export class Grains implements BlockTable {
  readonly path = "vmdk";
  readonly size: number;
  readonly children: readonly BlockSource[];
  readonly blockBytes: number;
  readonly entryBytes = 4;

  /** @param directory 4 bytes an entry: the sector of a grain table. */
  constructor(
    private readonly file: BlockSource,
    private readonly header: SparseHeader,
    private readonly directory: DataView,
    private readonly parent: Parent | null,
  ) {
    this.size = header.capacity;
    this.blockBytes = header.grainBytes;
    const source = parent?.backing.source;
    this.children = [file, ...(source ? [source] : [])];
  }

  entryAt(block: number): number | null {
    const { entriesPerTable } = this.header;
    const index = Math.floor(block / entriesPerTable);
    const table = this.directory.getUint32(index * 4, true);
    if (table === 0) return null;
    return table * SECTOR + (block - index * entriesPerTable) * 4;
  }

  place(
    out: ExtentList,
    block: number,
    within: number,
    length: number,
    entry: DataView | null,
    at: number,
  ): void {
    const sector = entry?.getUint32(at, true) ?? 0;
    if (sector === 0) {
      const { backing = null, offset = 0 } = this.parent ?? {};
      placeBacking(out, backing, PARENT, offset + block * this.blockBytes + within, length);
    } else if (sector === 1 && this.header.zeroGrains) out.zeros(length);
    else if (this.header.packed) this.placePacked(out, sector * SECTOR, within, length);
    else out.childOrHole(FILE, this.file, sector * SECTOR + within, length);
  }

  /** How long the packed bytes are, only they themselves say: as much is read as they may be. */
  private placePacked(out: ExtentList, offset: number, within: number, length: number): void {
    const most = this.blockBytes;
    const packed = Math.min(MARKER_BYTES + 2 * most, this.file.size - offset);
    if (packed <= 0) {
      out.hole(BEHIND_THE_END, length);
      return;
    }
    const decode = this.header.markers
      ? (bytes: Uint8Array) => inflateZlib(behindMarker(bytes), most)
      : (bytes: Uint8Array) => inflateZlib(bytes, most);
    out.packed({ from: "decode", child: FILE, offset, packed, decode, within, length });
  }
}

function behindMarker(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, length } = bytes;
  const size = new DataView(buffer, byteOffset, length).getUint32(8, true);
  return bytes.subarray(MARKER_BYTES, MARKER_BYTES + size);
}
