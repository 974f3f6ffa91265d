import type { BlockSource } from "../../source/block-source.ts";
import type { Piece } from "./piece.ts";

/** Bytes that are looked through at a time. */
const STEP = 1 << 20;

/** What of a bundle is not zero. */
export interface UsedClusters {
  /** Clusters of the store in which something is not zero, in order. */
  clusters: number[];
  /** The pieces in which something is not zero. */
  pieces: Piece[];
}

/** @param view of the bundle. @param pieces in order. @throws SourceError */
export async function usedClusters(
  view: BlockSource,
  pieces: readonly Piece[],
  clusterBytes: number,
): Promise<UsedClusters> {
  const used: UsedClusters = { clusters: [], pieces: [] };
  for (const piece of pieces) {
    let isUsed = false;
    const end = piece.offset + piece.length;
    for (let start = piece.offset; start < end; start += STEP) {
      const length = Math.min(STEP, end - start);
      const bytes = await view.read([{ offset: start, length }]);
      for (let at = 0; at < length; ) {
        const cluster = Math.floor((start + at) / clusterBytes);
        const until = Math.min(length, (cluster + 1) * clusterBytes - start);
        if (bytes.subarray(at, until).some((byte) => byte !== 0)) {
          isUsed = true;
          if (used.clusters.at(-1) !== cluster) used.clusters.push(cluster);
        }
        at = until;
      }
    }
    if (isUsed) used.pieces.push(piece);
  }
  return used;
}
