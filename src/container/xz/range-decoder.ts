/** Packed bytes that are not what the format allows: the message says what. */
export class LzmaError extends Error {}

const HALF = 1024;
/** Of what a model learns from a decision, so much is kept (a shift). */
const MOVE = 5;
const MODEL_BITS = 11;
const RANGE = 0;
const CODE = 1;

/** Decisions between 0 and 1, each with a model of how likely 0 is; it learns from each. */
export class RangeDecoder {
  bytes: Uint8Array = new Uint8Array();
  /** The next byte. Behind the last one zeros are read, and `at` goes on. */
  at = 0;
  end = 0;
  private probs: Uint16Array;
  /** The range and the code: two whole numbers of 32 bits, kept where they stay such. */
  private readonly registers = new Int32Array(2);

  /** @param models how many there are, at most. */
  constructor(private readonly models: number) {
    this.probs = new Uint16Array(models);
  }

  /** The models forget. @param used how many there are. */
  reset(used: number): void {
    if (used > this.models && used > this.probs.length) this.probs = new Uint16Array(used);
    this.probs.fill(HALF);
  }

  /** Begins with five bytes, of which the first is 0. @throws LzmaError */
  begin(bytes: Uint8Array, at: number): void {
    if (bytes[at] !== 0) throw new LzmaError("bytes that do not begin with 0");
    this.supply(bytes, at + 5, bytes.length);
    this.registers[RANGE] = -1;
    let code = 0;
    for (let i = 1; i < 5; i++) code = (code << 8) | (bytes[at + i] ?? 0);
    this.registers[CODE] = code;
  }

  /** Goes on in other bytes. */
  supply(bytes: Uint8Array, at: number, end: number): void {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** Whether all bytes were used up to the last bit, as they are at an end. */
  get isFinished(): boolean {
    return this.registers[CODE] === 0;
  }

  bit(model: number): 0 | 1 {
    const { probs, registers } = this;
    let range = registers[RANGE] ?? 0;
    let code = registers[CODE] ?? 0;
    if (range >>> 24 === 0) {
      range <<= 8;
      code = (code << 8) | (this.bytes[this.at++] ?? 0);
    }
    const probability = probs[model] ?? 0;
    const bound = Math.imul(range >>> MODEL_BITS, probability);
    if (code >>> 0 < bound >>> 0) {
      registers[RANGE] = bound;
      registers[CODE] = code;
      probs[model] = probability + (((1 << MODEL_BITS) - probability) >> MOVE);
      return 0;
    }
    registers[RANGE] = range - bound;
    registers[CODE] = code - bound;
    probs[model] = probability - (probability >> MOVE);
    return 1;
  }

  /** `count` decisions, the first highest, with a 1 before them. */
  tree(models: number, count: number): number {
    let symbol = 1;
    for (let i = 0; i < count; i++) symbol = (symbol << 1) | this.bit(models + symbol);
    return symbol;
  }

  /** `count` decisions, the first lowest. */
  reverseTree(models: number, count: number): number {
    let symbol = 1;
    let value = 0;
    for (let i = 0; i < count; i++) {
      const bit = this.bit(models + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  /** A byte, by models of their own for as long as it is the same as `expected`. */
  matchedTree(models: number, expected: number): number {
    let symbol = 1;
    let rest = expected;
    while (symbol < 0x100) {
      const likely = (rest >> 7) & 1;
      rest <<= 1;
      const bit = this.bit(models + ((1 + likely) << 8) + symbol);
      symbol = (symbol << 1) | bit;
      if (likely === bit) continue;
      while (symbol < 0x100) symbol = (symbol << 1) | this.bit(models + symbol);
    }
    return symbol & 0xff;
  }

  /** `count` decisions without a model, the first highest. */
  direct(count: number): number {
    const { registers } = this;
    let range = registers[RANGE] ?? 0;
    let code = registers[CODE] ?? 0;
    let value = 0;
    for (let i = 0; i < count; i++) {
      if (range >>> 24 === 0) {
        range <<= 8;
        code = (code << 8) | (this.bytes[this.at++] ?? 0);
      }
      range >>>= 1;
      const bit = code >>> 0 >= range >>> 0 ? 1 : 0;
      if (bit) code -= range;
      value = (value << 1) | bit;
    }
    registers[RANGE] = range;
    registers[CODE] = code;
    return value >>> 0;
  }

  /** Takes a byte ahead where the next decision would: then all that belongs to the last is taken. */
  normalize(): void {
    const { registers } = this;
    const range = registers[RANGE] ?? 0;
    if (range >>> 24 !== 0) return;
    registers[RANGE] = range << 8;
    registers[CODE] = ((registers[CODE] ?? 0) << 8) | (this.bytes[this.at++] ?? 0);
  }
}
