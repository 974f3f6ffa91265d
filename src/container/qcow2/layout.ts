/** Where what lies in a new qcow2, in clusters of the file. */
export interface Layout {
  clusterBits: number;
  /** Entries of the L1 table; those of an L2 table. */
  l1Entries: number;
  l2Entries: number;
  refcountTable: Run;
  refcountBlocks: Run;
  l1: Run;
  l2: Run;
  data: Run;
  /** Of the whole file. */
  clusters: number;
}

export interface Run {
  first: number;
  count: number;
}

/** Bytes of an entry of the L1, L2 and refcount tables. */
export const ENTRY = 8;
/** Of a refcount (refcount_order 4). */
export const REFCOUNT = 2;

/** L1 tables longer than that are made of larger clusters, in bytes. */
const LONG_L1 = 4 << 20;
const LEAST_BITS = 9;
const MOST_BITS = 21;
/** Larger clusters are only taken where the L1 table would be too long: they are mostly padding. */
const USUAL_BITS = 16;

/**
 * Clusters that chunks are whole numbers of, if that can be.
 * @param size of the disk in bytes. @param headerBytes which must fit in a cluster.
 */
export function clusterBitsFor(size: number, chunkBytes: number, headerBytes: number): number {
  const aligned = 31 - Math.clz32(chunkBytes & -chunkBytes);
  let bits = Math.min(Math.max(aligned, LEAST_BITS), USUAL_BITS);
  while (bits < MOST_BITS && (l1Bytes(size, bits) > LONG_L1 || headerBytes > 2 ** bits)) bits += 1;
  return bits;
}

const l1Bytes = (size: number, bits: number): number =>
  Math.max(1, Math.ceil(size / (2 ** bits * (2 ** bits / ENTRY)))) * ENTRY;

/** @param clusters of the disk that are in the file, in order. */
export function layoutOf(size: number, clusterBits: number, clusters: readonly number[]): Layout {
  const bytes = 2 ** clusterBits;
  const l2Entries = bytes / ENTRY;
  const l1Entries = l1Bytes(size, clusterBits) / ENTRY;
  const tables = new Set(clusters.map((cluster) => Math.floor(cluster / l2Entries))).size;
  const others = 1 + Math.ceil((l1Entries * ENTRY) / bytes) + tables + clusters.length;
  let [blocks, table] = [1, 1];
  for (;;) {
    // Refcounts count the clusters that they lie in, too.
    const needed = Math.ceil(((others + blocks + table) * REFCOUNT) / bytes);
    const neededTable = Math.ceil((needed * ENTRY) / bytes);
    if (needed === blocks && neededTable === table) break;
    [blocks, table] = [needed, neededTable];
  }
  let next = 1;
  const run = (count: number): Run => {
    next += count;
    return { first: next - count, count };
  };
  const refcountTable = run(table);
  const refcountBlocks = run(blocks);
  const l1 = run(Math.ceil((l1Entries * ENTRY) / bytes));
  const [l2, data] = [run(tables), run(clusters.length)];
  return {
    ...{ clusterBits, l1Entries, l2Entries, refcountTable, refcountBlocks, l1, l2, data },
    clusters: next,
  };
}
