import type { BlockSource } from "../source/block-source.ts";
import { MappedSource } from "../source/mapped-source.ts";

/** Where a run of a source's bytes lies in the files given. `length` is in bytes. */
export type Piece =
  | { in: "file"; image: number; offset: number; length: number }
  | { in: "zeros"; length: number }
  /** Nobody holds it. */
  | { in: "hole"; why: string; length: number }
  /** In a file, though not as it is: packed, or made up by a layer. */
  | { in: "other"; length: number };

/** So much is asked for at a time where tables have to be read for it. */
const STEP = 256 << 20;

/**
 * Where a source's bytes lie, in order, through all layers down to the files.
 * @param images the files' sources. @param tables whether to read the tables of disk images for
 * it: without, what lies in such an image is "other". @throws SourceError
 */
export async function* whereabouts(
  source: BlockSource,
  images: readonly BlockSource[],
  tables: boolean,
): AsyncGenerator<Piece> {
  let last: Piece | null = null;
  for await (const piece of piecesOf(source, 0, source.size, images, tables)) {
    const joined: Piece | null = last && join(last, piece);
    if (last && !joined) yield last;
    last = joined ?? piece;
  }
  if (last) yield last;
}

async function* piecesOf(
  source: BlockSource,
  offset: number,
  length: number,
  images: readonly BlockSource[],
  tables: boolean,
): AsyncGenerator<Piece> {
  const image = images.indexOf(source);
  if (image >= 0) {
    yield { in: "file", image, offset, length };
    return;
  }
  if (!(source instanceof MappedSource) || (source.readsTables && !tables)) {
    yield { in: "other", length };
    return;
  }
  const end = offset + length;
  const step = source.readsTables ? STEP : length;
  for (let at = offset; at < end; at += step) {
    const range = { offset: at, length: Math.min(step, end - at) };
    for (const extent of await source.locate(range)) {
      switch (extent.from) {
        case "zeros":
          yield { in: "zeros", length: extent.length };
          break;
        case "hole":
          yield { in: "hole", why: extent.why, length: extent.length };
          break;
        case "bytes":
        case "decode":
          yield { in: "other", length: extent.length };
          break;
        case "child": {
          const child = source.children[extent.child];
          if (child) yield* piecesOf(child, extent.offset, extent.length, images, tables);
        }
      }
    }
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
