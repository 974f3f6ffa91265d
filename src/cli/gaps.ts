import { whereabouts } from "../container/whereabouts.ts";
import { bytesWords, plural } from "../explain/words.ts";
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

/** How much is missing, and why. */
export function gapWords(gaps: readonly Gap[]): string {
  const bytes = gaps.reduce((sum, { length }) => sum + length, 0);
  const why = [...new Set(gaps.map((gap) => gap.why))].slice(0, 3).join("; ");
  return `${bytesWords(bytes)} in ${plural(gaps.length, "run")} are missing: ${why}`;
}
