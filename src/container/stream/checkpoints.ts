/** Apart at first, in unpacked bytes: what a read at any place may have to unpack for nothing. */
const SPACING = 1 << 20;

/** A place where unpacking can begin; null is the very beginning. `at` counts unpacked bytes. */
export interface Checkpoint<Place> {
  at: number;
  place: Place | null;
}

/** Where unpacking can begin. A bounded number: when there are too many, every other one goes. */
export class Checkpoints<Place> {
  private list: Checkpoint<Place>[] = [{ at: 0, place: null }];
  private spacing = SPACING;

  /** @param most of them. */
  constructor(private readonly most: number) {}

  /** @param at behind that of those before. `place` is called if it is wanted. */
  offer(at: number, place: () => Place): void {
    if (at < (this.list.at(-1)?.at ?? 0) + this.spacing) return;
    this.list.push({ at, place: place() });
    if (this.list.length <= this.most) return;
    this.list = this.list.filter((_, i) => i % 2 === 0);
    this.spacing *= 2;
  }

  /** The beginning is one. */
  get count(): number {
    return this.list.length;
  }

  /** The last one at or before `offset`. */
  before(offset: number): Checkpoint<Place> {
    let low = 0;
    let high = this.list.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.list[middle]?.at ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.list[low] ?? { at: 0, place: null };
  }
}
