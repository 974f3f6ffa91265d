import type { ShuffledBlock } from "./read-block.ts";

/** Four equal bytes are followed by how many more of them there are. */
const REPEAT = 4;

/** The bytes of a block in their order, as many at a time as are wanted. */
export class BlockOutput {
  private readonly links: Uint32Array;
  private place: number;
  private left: number;
  private last = -1;
  private same = 0;
  /** Of `last`, still to be given out. */
  private repeats = 0;

  constructor({ links, first, count }: ShuffledBlock) {
    this.links = links;
    this.place = first;
    this.left = count;
  }

  /** @returns how many bytes of `target` were filled: fewer than it holds at the end. */
  fill(target: Uint8Array): number {
    let at = 0;
    while (at < target.length) {
      if (this.repeats > 0) {
        const length = Math.min(this.repeats, target.length - at);
        target.fill(this.last, at, at + length);
        this.repeats -= length;
        at += length;
        continue;
      }
      if (this.left === 0) break;
      this.left -= 1;
      const link = this.links[this.place] ?? 0;
      const byte = link & 255;
      this.place = link >>> 8;
      if (this.same === REPEAT) {
        this.repeats = byte;
        this.same = 0;
        continue;
      }
      this.same = byte === this.last ? this.same + 1 : 1;
      this.last = byte;
      target[at++] = byte;
    }
    return at;
  }
}
