import { whereabouts } from "../container/whereabouts.ts";
import type { BlockSource, Range } from "../source/block-source.ts";

/** A run of a source that nobody holds, in bytes. */
export interface Gap extends Range {
  why: string;
}

/** In their order. @throws SourceError */
export async function gapsOf(source: BlockSource): Promise<Gap[]> {
  const gaps: Gap[] = [];
  let offset = 0;
  for await (const piece of whereabouts(source, [])) {
    const { length } = piece;
    if (piece.in === "hole") gaps.push({ offset, length, why: piece.why });
    offset += length;
  }
  return gaps;
}
