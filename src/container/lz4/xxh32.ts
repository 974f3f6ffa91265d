import { StripedSum } from "../stream/striped-sum.ts";

const P1 = 0x9e3779b1 | 0;
const P2 = 0x85ebca77 | 0;
const P3 = 0xc2b2ae3d | 0;
const P4 = 0x27d4eb2f;
const P5 = 0x165667b1;

const STRIPE = 16;

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));

/** XXH32 with seed 0 of bytes that come in pieces, as LZ4 frames have it. */
export class Xxh32 extends StripedSum {
  private readonly lanes = Int32Array.of(P1 + P2, P2, 0, -P1);

  constructor() {
    super(STRIPE);
  }

  low32(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.lanes;
    let sum =
      this.total < STRIPE ? P5 : rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
    sum = (sum + this.total) | 0;
    const view = new DataView(this.rest.buffer);
    let at = 0;
    for (; at + 4 <= this.restLength; at += 4) {
      sum = Math.imul(rotate((sum + Math.imul(view.getInt32(at, true), P3)) | 0, 17), P4);
    }
    for (; at < this.restLength; at++) {
      sum = Math.imul(rotate((sum + Math.imul(view.getUint8(at), P5)) | 0, 11), P1);
    }
    sum = Math.imul(sum ^ (sum >>> 15), P2);
    sum = Math.imul(sum ^ (sum >>> 13), P3);
    return (sum ^ (sum >>> 16)) >>> 0;
  }

  protected stripes(bytes: Uint8Array, from: number, until: number): void {
    for (let lane = 0; lane < 4; lane++) {
      let sum = this.lanes[lane] ?? 0;
      for (let at = from + 4 * lane; at < until; at += STRIPE) {
        const word =
          (bytes[at] ?? 0) |
          ((bytes[at + 1] ?? 0) << 8) |
          ((bytes[at + 2] ?? 0) << 16) |
          ((bytes[at + 3] ?? 0) << 24);
        sum = Math.imul(rotate((sum + Math.imul(word, P2)) | 0, 13), P1);
      }
      this.lanes[lane] = sum;
    }
  }
}

/** Of bytes that are all there. */
export function xxh32(bytes: Uint8Array): number {
  const sum = new Xxh32();
  sum.add(bytes);
  return sum.low32();
}
