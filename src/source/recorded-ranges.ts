import type { Range } from "./block-source.ts";

/** Ranges are put in order whenever so many have come together. */
const MOST_LOOSE = 1 << 16;

/** Ranges in any order, as often as they come, told in order and without overlaps. */
export class RecordedRanges {
  private ranges: Range[] = [];
  private loose = 0;

  add(range: Range): void {
    if (range.length <= 0) return;
    this.ranges.push({ ...range });
    this.loose += 1;
    if (this.loose >= MOST_LOOSE) this.settle();
  }

  /** Those that touch are one. @param most bytes that lie between two that are one as well. */
  inOrder(most = 0): readonly Range[] {
    this.settle(most);
    return this.ranges;
  }

  private settle(most = 0): void {
    const settled: Range[] = [];
    for (const range of this.ranges.sort((a, b) => a.offset - b.offset)) {
      const last = settled.at(-1);
      const end = last ? last.offset + last.length : 0;
      if (!last || range.offset > end + most) settled.push({ ...range });
      else last.length = Math.max(end, range.offset + range.length) - last.offset;
    }
    this.ranges = settled;
    this.loose = 0;
  }
}
