/** What an L2 entry says of its cluster. */
export type ClusterEntry =
  | { is: "unallocated" }
  | { is: "zeros" }
  | { is: "data"; offset: number }
  | { is: "packed"; offset: number; packed: number }
  /** It cannot be what a writer wrote. */
  | { is: "damaged" };

/** What of the image decides how its L2 entries are read. */
export interface EntryFormat {
  version: 2 | 3;
  clusterBits: number;
  /** 16 bytes an entry: what a bitmap says goes before the zero flag. */
  extended: boolean;
  /** Clusters lie in another file, from byte 0 on. */
  externalData: boolean;
}

const UNALLOCATED: ClusterEntry = { is: "unallocated" };
const ZEROS: ClusterEntry = { is: "zeros" };
const DAMAGED: ClusterEntry = { is: "damaged" };

const COPIED = 0x80000000;
const PACKED = 0x40000000;
const SECTOR = 512n;

/** As qcow2_get_cluster_type and qcow2_parse_compressed_l2_entry (block/qcow2.h, qcow2-cluster.c). */
export function clusterEntry(view: DataView, at: number, format: EntryFormat): ClusterEntry {
  const high = view.getUint32(at);
  const low = view.getUint32(at + 4);
  if (high & PACKED) return format.externalData ? DAMAGED : packedEntry(view, at, format);
  // Bits 9 to 55; the three that are left out are the zero flag and reserved ones.
  const offset = (high & 0x00ffffff) * 2 ** 32 + ((low & 0xfffffe00) >>> 0);
  if (offset % 2 ** format.clusterBits !== 0) return DAMAGED;
  if (low & 1 && !format.extended) return format.version === 2 ? DAMAGED : ZEROS;
  if (offset === 0 && !(format.externalData && high & COPIED)) return UNALLOCATED;
  return { is: "data", offset };
}

/** A byte offset, then how many more sectors the packed bytes reach into. */
function packedEntry(view: DataView, at: number, { clusterBits }: EntryFormat): ClusterEntry {
  const entry = view.getBigUint64(at) & ((1n << 62n) - 1n);
  const offsetBits = BigInt(62 - (clusterBits - 8));
  const offset = entry & ((1n << offsetBits) - 1n);
  const more = entry >> offsetBits;
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) return DAMAGED;
  return {
    is: "packed",
    offset: Number(offset),
    packed: Number((more + 1n) * SECTOR - (offset % SECTOR)),
  };
}
