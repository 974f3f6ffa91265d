import type { DamagedRange } from "../protocol/files.ts";

/** The damaged runs of a device, looked up by place. */
export class Damage {
  private readonly ranges: readonly DamagedRange[];

  /** @param ranges in any order, overlapping or not. */
  constructor(ranges: readonly DamagedRange[]) {
    this.ranges = disjoint(ranges);
  }

  get isNone(): boolean {
    return this.ranges.length === 0;
  }

  /** What of [offset, offset + length) is damaged, in order. */
  *within(offset: number, length: number): Generator<DamagedRange> {
    const end = offset + length;
    for (let i = this.firstBehind(offset); i < this.ranges.length; i++) {
      const range = this.ranges[i];
      if (!range || range.offset >= end) return;
      const from = Math.max(offset, range.offset);
      const until = Math.min(end, range.offset + range.length);
      yield { offset: from, length: until - from, why: range.why };
    }
  }

  /** The first range that does not end at or before `offset`. */
  private firstBehind(offset: number): number {
    let low = 0;
    let high = this.ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const range = this.ranges[middle];
      if (range && range.offset + range.length <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** In order, without overlaps: what cannot be read at all goes before what may be wrong. */
function disjoint(ranges: readonly DamagedRange[]): DamagedRange[] {
  const rank = (range: DamagedRange) => (range.why === "unreadable" ? 0 : 1);
  const sorted = ranges
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.offset - b.offset || rank(a) - rank(b));
  const done: DamagedRange[] = [];
  for (const { offset, length, why } of sorted) {
    const last = done.at(-1);
    const from = last ? Math.max(offset, last.offset + last.length) : offset;
    if (from >= offset + length) continue;
    if (last && last.why === why && last.offset + last.length === from) {
      last.length += offset + length - from;
    } else {
      done.push({ offset: from, length: offset + length - from, why });
    }
  }
  return done;
}
