import type { HighBits } from "./high-bits.ts";

/** Packed bytes that are not what the format allows: the message says what. */
export class Bzip2Error extends Error {}

const LONGEST_CODE = 20;

/** A Huffman code of which the symbols are told by their codes' lengths. */
export class HighCode {
  /** By length: the code behind the last one of it; what is added to a code to index `symbols`. */
  private readonly ends = new Int32Array(LONGEST_CODE + 1);
  private readonly shifts = new Int32Array(LONGEST_CODE + 1);
  private readonly symbols: number[] = [];
  private readonly shortest: number;

  /** @param lengths of the symbols' codes, 1 to 20. @throws Bzip2Error */
  constructor(lengths: readonly number[]) {
    this.shortest = Math.min(...lengths);
    let code = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      this.shifts[length] = this.symbols.length - code;
      for (const [symbol, own] of lengths.entries()) if (own === length) this.symbols.push(symbol);
      const count = this.symbols.length - (this.shifts[length] ?? 0) - code;
      code += count;
      if (code > 1 << length) throw new Bzip2Error("a code with too many symbols");
      this.ends[length] = code;
      code *= 2;
    }
  }

  /** @throws Bzip2Error, StreamDamage */
  read(bits: HighBits): number {
    let code = bits.read(this.shortest);
    for (let length = this.shortest; length <= LONGEST_CODE; length++) {
      if (code < (this.ends[length] ?? 0))
        return this.symbols[code + (this.shifts[length] ?? 0)] ?? 0;
      if (length < LONGEST_CODE) code = (code << 1) | bits.read(1);
    }
    throw new Bzip2Error("bits that are no code");
  }
}
