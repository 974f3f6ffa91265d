import { StripedSum } from "../stream/striped-sum.ts";

/** A number of 64 bits as two of 32: JavaScript has none, and `bigint` is fifty times slower. */
interface Word {
  high: number;
  low: number;
}

const word = (value: bigint): Word => ({
  high: Number(BigInt.asIntN(32, value >> 32n)),
  low: Number(BigInt.asIntN(32, value)),
});
const P1 = word(0x9e3779b185ebca87n);
const P2 = word(0xc2b2ae3d27d4eb4fn);
const P3 = word(0x165667b19e3779f9n);
const P4 = word(0x85ebca77c2b2ae63n);
const P5 = word(0x27d4eb2f165667c5n);

const STRIPE = 32;

/** XXH64 with seed 0 of bytes that come in pieces; zstd keeps its lowest 32 bits (RFC 8878, 3.1.1). */
export class Xxh64 extends StripedSum {
  /** The four lanes, high and low half of each. */
  private readonly lanes = lanes();

  constructor() {
    super(STRIPE);
  }

  low32(): number {
    let sum: Word;
    if (this.total < STRIPE) sum = { ...P5 };
    else {
      const [a, b, c, d] = [0, 1, 2, 3].map((i) => this.lane(i));
      if (!a || !b || !c || !d) throw new RangeError("four lanes");
      sum = plus(plus(rotate(a, 1), rotate(b, 7)), plus(rotate(c, 12), rotate(d, 18)));
      for (const lane of [a, b, c, d]) {
        sum = plus(times(xor(sum, times(rotate(times(lane, P2), 31), P1)), P1), P4);
      }
    }
    sum = plus(sum, { high: Math.floor(this.total / 2 ** 32) | 0, low: this.total | 0 });
    sum = this.addRest(sum);
    sum = times(xor(sum, shift(sum, 33)), P2);
    sum = times(xor(sum, shift(sum, 29)), P3);
    return xor(sum, shift(sum, 32)).low >>> 0;
  }

  private addRest(before: Word): Word {
    let sum = before;
    const view = new DataView(this.rest.buffer);
    let at = 0;
    for (; at + 8 <= this.restLength; at += 8) {
      const lane = { high: view.getInt32(at + 4, true), low: view.getInt32(at, true) };
      sum = xor(sum, times(rotate(times(lane, P2), 31), P1));
      sum = plus(times(rotate(sum, 27), P1), P4);
    }
    if (at + 4 <= this.restLength) {
      sum = xor(sum, times({ high: 0, low: view.getInt32(at, true) }, P1));
      sum = plus(times(rotate(sum, 23), P2), P3);
      at += 4;
    }
    for (; at < this.restLength; at++) {
      sum = xor(sum, times({ high: 0, low: view.getUint8(at) }, P5));
      sum = times(rotate(sum, 11), P1);
    }
    return sum;
  }

  private lane(i: number): Word {
    return { high: this.lanes[2 * i] ?? 0, low: this.lanes[2 * i + 1] ?? 0 };
  }

  /** Whole stripes: each lane takes 8 bytes, times P2, is turned by 31 and multiplied by P1. */
  protected stripes(bytes: Uint8Array, from: number, until: number): void {
    const { lanes } = this;
    for (let lane = 0; lane < 4; lane++) {
      let high = lanes[2 * lane] ?? 0;
      let low = lanes[2 * lane + 1] ?? 0;
      for (let at = from + 8 * lane; at < until; at += STRIPE) {
        const inLow =
          (bytes[at] ?? 0) |
          ((bytes[at + 1] ?? 0) << 8) |
          ((bytes[at + 2] ?? 0) << 16) |
          ((bytes[at + 3] ?? 0) << 24);
        const inHigh =
          (bytes[at + 4] ?? 0) |
          ((bytes[at + 5] ?? 0) << 8) |
          ((bytes[at + 6] ?? 0) << 16) |
          ((bytes[at + 7] ?? 0) << 24);
        if ((inLow | inHigh) !== 0) {
          const productLow = Math.imul(inLow, P2.low);
          const productHigh =
            highHalf(inLow, P2.low) + Math.imul(inHigh, P2.low) + Math.imul(inLow, P2.high);
          const sumLow = low + productLow;
          const carry = (low >>> 0) + (productLow >>> 0) > 0xffffffff ? 1 : 0;
          high = (high + productHigh + carry) | 0;
          low = sumLow | 0;
        }
        const turnedHigh = (high << 31) | (low >>> 1);
        const turnedLow = (low << 31) | (high >>> 1);
        high =
          (highHalf(turnedLow, P1.low) +
            Math.imul(turnedHigh, P1.low) +
            Math.imul(turnedLow, P1.high)) |
          0;
        low = Math.imul(turnedLow, P1.low);
      }
      lanes[2 * lane] = high;
      lanes[2 * lane + 1] = low;
    }
  }
}

function lanes(): Int32Array {
  const zero = { high: 0, low: 0 };
  const first = [plus(P1, P2), P2, zero, plus(not(P1), { high: 0, low: 1 })];
  return Int32Array.from(first.flatMap(({ high, low }) => [high, low]));
}

/** The upper 32 bits of the product of two unsigned numbers of 32 bits. */
function highHalf(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const first = Math.imul(a1, b0);
  const second = Math.imul(a0, b1);
  const middle = (Math.imul(a0, b0) >>> 16) + (first & 0xffff) + (second & 0xffff);
  return (Math.imul(a1, b1) + (first >>> 16) + (second >>> 16) + (middle >>> 16)) | 0;
}

function times(a: Word, b: Word): Word {
  return {
    high: (highHalf(a.low, b.low) + Math.imul(a.high, b.low) + Math.imul(a.low, b.high)) | 0,
    low: Math.imul(a.low, b.low),
  };
}

function plus(a: Word, b: Word): Word {
  const low = (a.low >>> 0) + (b.low >>> 0);
  return { high: (a.high + b.high + (low > 0xffffffff ? 1 : 0)) | 0, low: low | 0 };
}

const xor = (a: Word, b: Word): Word => ({ high: a.high ^ b.high, low: a.low ^ b.low });
const not = (a: Word): Word => ({ high: ~a.high, low: ~a.low });

function rotate({ high, low }: Word, by: number): Word {
  return { high: (high << by) | (low >>> (32 - by)), low: (low << by) | (high >>> (32 - by)) };
}

/** Down, at least by 29. */
function shift({ high, low }: Word, by: number): Word {
  if (by >= 32) return { high: 0, low: by === 32 ? high : high >>> (by - 32) };
  return { high: high >>> by, low: (low >>> by) | (high << (32 - by)) };
}
