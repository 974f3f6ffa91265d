import { areZeros } from "../../source/zeros.ts";

/** The polynomial of ECMA-182, lowest bit first: high and low half. */
const HIGH = 0xc96c5795 | 0;
const LOW = 0xd7870f42 | 0;

/** What a byte makes of a sum: high and low halves by turns. */
const TABLE = Int32Array.from({ length: 512 });
for (let byte = 0; byte < 256; byte++) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit++) {
    const carry = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (carry) {
      high ^= HIGH;
      low ^= LOW;
    }
  }
  TABLE[2 * byte] = high;
  TABLE[2 * byte + 1] = low;
}

/** CRC-64 as xz has it, of bytes that come in pieces. */
export class Crc64 {
  private high = -1;
  private low = -1;

  /** Zeros, which most of a sparse disk is, are counted rather than added. */
  add(bytes: Uint8Array): void {
    if (bytes.length >= 4096 && areZeros(bytes, 0, bytes.length)) this.addZeros(bytes.length);
    else this.addBytes(bytes);
  }

  value(): bigint {
    return (BigInt(~this.high >>> 0) << 32n) | BigInt(~this.low >>> 0);
  }

  private addBytes(bytes: Uint8Array): void {
    let { high, low } = this;
    for (const byte of bytes) {
      const at = 2 * ((low ^ byte) & 255);
      low = ((low >>> 8) | (high << 24)) ^ (TABLE[at + 1] ?? 0);
      high = (high >>> 8) ^ (TABLE[at] ?? 0);
    }
    this.high = high;
    this.low = low;
  }

  private addZeros(count: number): void {
    for (let k = 0; 2 ** k <= count; k++) {
      const zeros = zerosOf(k);
      if (Math.floor(count / 2 ** k) % 2 === 0) continue;
      const [high, low] = applied(zeros, this.high, this.low);
      this.high = high;
      this.low = low;
    }
  }
}

/** What 2^k zero bytes make of each bit of a sum, the lowest first: high and low halves by turns. */
const ZEROS: Int32Array[] = [];

/** What zeros do to a sum is linear: twice as many of them do it twice. */
function zerosOf(k: number): Int32Array {
  const known = ZEROS[k];
  if (known) return known;
  const before = k === 0 ? null : zerosOf(k - 1);
  const zeros = new Int32Array(128);
  for (let bit = 0; bit < 64; bit++) {
    const low = bit < 32 ? 1 << bit : 0;
    const high = bit < 32 ? 0 : 1 << (bit - 32);
    const after = before
      ? applied(before, before[2 * bit] ?? 0, before[2 * bit + 1] ?? 0)
      : oneZero(high, low);
    zeros.set(after, 2 * bit);
  }
  ZEROS[k] = zeros;
  return zeros;
}

function oneZero(high: number, low: number): [number, number] {
  const at = 2 * (low & 255);
  return [(high >>> 8) ^ (TABLE[at] ?? 0), ((low >>> 8) | (high << 24)) ^ (TABLE[at + 1] ?? 0)];
}

function applied(zeros: Int32Array, high: number, low: number): [number, number] {
  let toHigh = 0;
  let toLow = 0;
  for (let bit = 0; bit < 64; bit++) {
    const half = bit < 32 ? low >>> bit : high >>> (bit - 32);
    if ((half & 1) === 0) continue;
    toHigh ^= zeros[2 * bit] ?? 0;
    toLow ^= zeros[2 * bit + 1] ?? 0;
  }
  return [toHigh, toLow];
}
