import { expectZstd } from "./zstd-error.ts";

/** Bits that are read from the last byte back to the first, the highest of each byte first. */
export class BackwardBits {
  /** How many bits are left; below 0 once more were taken than there are. */
  left: number;

  /** The last byte's highest 1 marks the end. @throws ZstdError */
  constructor(private readonly bytes: Uint8Array) {
    const last = bytes.at(-1) ?? 0;
    expectZstd(last !== 0, "bits without an end mark");
    this.left = bytes.length * 8 - 1 - Math.clz32(last << 24);
  }

  /** The next `count` bits, at most 24; zeros where there are no more. */
  peek(count: number): number {
    const { bytes, left } = this;
    const from = left - count;
    if (from < 0) return left <= 0 ? 0 : this.low(left) << -from;
    const at = from >> 3;
    const word =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    return (word >>> (from & 7)) & ((1 << count) - 1);
  }

  read(count: number): number {
    const value = this.peek(count);
    this.left -= count;
    return value;
  }

  /** The lowest `count` bits of all. */
  private low(count: number): number {
    const { bytes } = this;
    const word = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16);
    return word & ((1 << count) - 1);
  }
}
