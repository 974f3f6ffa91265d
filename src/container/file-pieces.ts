import type { BlockSource } from "../source/block-source.ts";
import { whereabouts } from "./whereabouts.ts";

/** Bytes of a file that a layer holds as they are. */
export interface FilePiece {
  /** Which of the files. */
  image: number;
  offset: number;
  length: number;
}

/**
 * The runs of the files that a layer is made of, in its order; null where it is made of anything
 * else (zeros, what is packed, what is missing), or of more than `most` runs.
 */
export async function filePieces(
  source: BlockSource,
  images: readonly BlockSource[],
  most: number,
): Promise<FilePiece[] | null> {
  const pieces: FilePiece[] = [];
  for await (const piece of whereabouts(source, images)) {
    if (piece.in !== "file" || pieces.length === most) return null;
    const { image, offset, length } = piece;
    pieces.push({ image, offset, length });
  }
  return pieces;
}
