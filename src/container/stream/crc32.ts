import { areZeros } from "../../source/zeros.ts";

/** Four bytes are looked up at a time: `TABLES[k][b]` is byte b followed by k zero bytes. */
const TABLES = tables();

/**
 * CRC-32 as gzip has it (RFC 1952, 8): `crc` goes on from what the bytes before gave, 0 at first.
 * Zeros, which most of a sparse disk is, are counted rather than added.
 */
export function crc32(crc: number, bytes: Uint8Array): number {
  if (bytes.length >= 1024 && areZeros(bytes, 0, bytes.length))
    return zerosAdded(crc, bytes.length);
  const [t0, t1, t2, t3] = TABLES;
  let sum = ~crc;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    sum ^=
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    sum =
      (t3[sum & 255] ?? 0) ^
      (t2[(sum >>> 8) & 255] ?? 0) ^
      (t1[(sum >>> 16) & 255] ?? 0) ^
      (t0[sum >>> 24] ?? 0);
  }
  for (; at < bytes.length; at++) sum = (t0[(sum ^ (bytes[at] ?? 0)) & 255] ?? 0) ^ (sum >>> 8);
  return ~sum >>> 0;
}

/**
 * `ZEROS[k]` is what 2^k zero bytes make of each bit of a sum. What zeros do to a sum is linear, so
 * that doubling them is applying it twice.
 */
const ZEROS: Int32Array[] = [Int32Array.from({ length: 32 }, (_, bit) => afterZero(1 << bit))];

function afterZero(sum: number): number {
  return (TABLES[0][sum & 255] ?? 0) ^ (sum >>> 8);
}

function zerosAdded(crc: number, count: number): number {
  let sum = ~crc;
  for (let k = 0; 2 ** k <= count; k++) {
    const last = ZEROS[k] ?? doubled(ZEROS[k - 1] ?? new Int32Array(32));
    ZEROS[k] = last;
    if (Math.floor(count / 2 ** k) % 2 === 1) sum = applied(last, sum);
  }
  return ~sum >>> 0;
}

const doubled = (zeros: Int32Array) => zeros.map((sum) => applied(zeros, sum));

function applied(zeros: Int32Array, sum: number): number {
  let result = 0;
  for (let bit = 0; bit < 32; bit++) if ((sum >>> bit) & 1) result ^= zeros[bit] ?? 0;
  return result;
}

function tables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const t0 = new Int32Array(256);
  for (let i = 0; i < 256; i++) {
    let sum = i;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    t0[i] = sum;
  }
  const after = (table: Int32Array) => table.map((sum) => (t0[sum & 255] ?? 0) ^ (sum >>> 8));
  const t1 = after(t0);
  const t2 = after(t1);
  return [t0, t1, t2, after(t2)];
}
