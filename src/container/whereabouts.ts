import type { BlockSource, Range } from "../source/block-source.ts";
import { MappedSource } from "../source/mapped-source.ts";
import type { Extent } from "../source/mapping.ts";

/** Where a run of a source's bytes lies in the files given. `length` is in bytes. */
export type Piece =
  | { in: "file"; image: number; offset: number; length: number }
  | { in: "zeros"; length: number }
  /** Nobody holds it. */
  | { in: "hole"; why: string; length: number }
  /** In a file, though not as it is: packed, or made up by a layer. */
  | { in: "other"; length: number };

/** So much is asked for at a time, in bytes: little where it lies in many pieces, more where in few. */
const STEP = 64 << 20;
const LONGEST_STEP = 16 * 2 ** 30;
const FEW = 16;

/**
 * Where a source's bytes lie, in order, through all layers down to the files.
 * @param images the files' sources. @throws SourceError
 */
export async function* whereabouts(
  source: BlockSource,
  images: readonly BlockSource[],
): AsyncGenerator<Piece> {
  let last: Piece | null = null;
  for await (const piece of piecesOf(source, 0, source.size, images)) {
    const joined: Piece | null = last && join(last, piece);
    if (last && !joined) yield last;
    last = joined ?? piece;
  }
  if (last) yield last;
}

/** The same of a part of it. @throws SourceError */
export const whereaboutsOf = (
  source: BlockSource,
  { offset, length }: Range,
  images: readonly BlockSource[],
): AsyncGenerator<Piece> => piecesOf(source, offset, length, images);

async function* piecesOf(
  source: BlockSource,
  offset: number,
  length: number,
  images: readonly BlockSource[],
): AsyncGenerator<Piece> {
  const image = images.indexOf(source);
  if (image >= 0) {
    yield { in: "file", image, offset, length };
    return;
  }
  if (!(source instanceof MappedSource)) {
    yield { in: "other", length };
    return;
  }
  const end = offset + length;
  let step = STEP;
  for (let at = offset; at < end; ) {
    const range = { offset: at, length: Math.min(step, end - at) };
    const extents = await source.locate(range);
    for (const extent of extents) yield* pieceOf(extent, source, images);
    at += range.length;
    step = extents.length > FEW ? STEP : Math.min(step * 2, LONGEST_STEP);
  }
}

async function* pieceOf(
  extent: Extent,
  { children }: MappedSource,
  images: readonly BlockSource[],
): AsyncGenerator<Piece> {
  const { from, length } = extent;
  if (from === "zeros") yield { in: "zeros", length };
  else if (from === "hole") yield { in: "hole", why: extent.why, length };
  else if (from !== "child") yield { in: "other", length };
  else {
    const child = children[extent.child];
    if (child) yield* piecesOf(child, extent.offset, length, images);
  }
}

/** Two pieces as one, where the second goes on where the first ends. */
function join(a: Piece, b: Piece): Piece | null {
  const length = a.length + b.length;
  if (a.in === "file" && b.in === "file") {
    return a.image === b.image && a.offset + a.length === b.offset ? { ...a, length } : null;
  }
  if (a.in === "hole" && b.in === "hole") return a.why === b.why ? { ...a, length } : null;
  return a.in === b.in && a.in !== "file" && a.in !== "hole" ? { in: a.in, length } : null;
}
