import type { Range } from "../../source/block-source.ts";

/**
 * A run of bytes of the store that is in a bundle; what lies in none is zero there. `what`:
 *   header, area  as they are
 *   beyond        exceptions in an area behind the end of the table
 *   slack         bytes that the kernel passes over, as they are or (`masked`) which of them are zero
 *   data          of bytes of data chunks that a check looks at: which of them are zero
 */
export interface Piece extends Range {
  what: "header" | "area" | "beyond" | "slack" | "data";
  masked: boolean;
  /** Of `area` and `beyond`. */
  area: number | null;
}

/** What of `ranges` lies in none of `pieces`; both in any order. The result is in order, merged. */
export function outside(ranges: readonly Range[], pieces: readonly Range[]): Range[] {
  const taken = [...pieces].sort((a, b) => a.offset - b.offset);
  const left: Range[] = [];
  let next = 0;
  for (const { offset, length } of merged(ranges)) {
    const end = offset + length;
    let at = offset;
    while (next < taken.length && endOf(taken[next]) <= at) next += 1;
    for (let i = next; i < taken.length && at < end; i++) {
      const piece = taken[i];
      if (!piece || piece.offset >= end) break;
      if (piece.offset > at) left.push({ offset: at, length: piece.offset - at });
      at = Math.max(at, endOf(piece));
    }
    if (at < end) left.push({ offset: at, length: end - at });
  }
  return left;
}

function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.offset - b.offset)) {
    const last = result.at(-1);
    if (last && range.offset <= endOf(last)) {
      last.length = Math.max(last.length, endOf(range) - last.offset);
    } else result.push({ ...range });
  }
  return result;
}

const endOf = (range: Range | undefined): number => (range ? range.offset + range.length : 0);
