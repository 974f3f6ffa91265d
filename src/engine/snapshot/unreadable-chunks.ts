/** Ascending chunk numbers, kept as ranges with both ends included. */
export class UnreadableChunks {
  readonly ranges: [number, number][] = [];
  count = 0;

  add(first: number, last: number): void {
    const previous = this.ranges[this.ranges.length - 1];
    const from = previous && first <= previous[1] ? previous[1] + 1 : first;
    if (from > last) return;
    this.count += last - from + 1;
    if (previous && from === previous[1] + 1) previous[1] = last;
    else this.ranges.push([from, last]);
  }
}
