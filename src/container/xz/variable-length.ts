import { LzmaError } from "./range-decoder.ts";

/** A number takes so many bytes, at most (xz file format 1.2, 1.2). */
export const LONGEST_NUMBER = 9;

/** Numbers of seven bits a byte, the lowest first. */
export class ByteReader {
  at = 0;

  constructor(private readonly all: Uint8Array) {}

  /** @throws LzmaError if it breaks off, or is more than a number can hold. */
  number(): number {
    let value = 0;
    for (let i = 0; i < LONGEST_NUMBER; i++) {
      const byte = this.all[this.at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte >= 0x80) continue;
      if (byte === 0 && i > 0) break;
      if (!Number.isSafeInteger(value)) break;
      return value;
    }
    throw new LzmaError("a number that is none");
  }

  /** @throws LzmaError */
  bytes(count: number): Uint8Array {
    if (count > this.all.length - this.at) throw new LzmaError("a header that breaks off");
    this.at += count;
    return this.all.subarray(this.at - count, this.at);
  }

  isRestZero(): boolean {
    return this.all.subarray(this.at).every((byte) => byte === 0);
  }
}
