import { expectZstd } from "./zstd-error.ts";

/** A finite state entropy decoder (RFC 8878, 4.1): what each state stands for and leads to. */
export interface FseTable {
  /** There are 2^log states. */
  log: number;
  symbols: Uint8Array;
  /** How many bits choose the next state, added to `bases`. */
  bits: Uint8Array;
  bases: Uint16Array;
}

/** Always the same symbol, without a bit. */
export function constantTable(symbol: number): FseTable {
  return {
    log: 0,
    symbols: Uint8Array.of(symbol),
    bits: Uint8Array.of(0),
    bases: Uint16Array.of(0),
  };
}

/**
 * @param counts how many of the 2^log states each symbol has; -1 is one state, for a symbol of less
 *   than that. Their sum is 2^log.
 */
export function fseTable(counts: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const next = counts.map((count) => Math.abs(count));
  let high = size - 1;
  for (const [symbol, count] of counts.entries()) if (count === -1) symbols[high--] = symbol;
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (const [symbol, count] of counts.entries()) {
    for (let i = 0; i < count; i++) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at > high);
    }
  }
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (let state = 0; state < size; state++) {
    const symbol = symbols[state] ?? 0;
    const count = next[symbol] ?? 1;
    next[symbol] = count + 1;
    const width = log - (31 - Math.clz32(count));
    bits[state] = width;
    bases[state] = (count << width) - size;
  }
  return { log, symbols, bits, bases };
}

/**
 * Reads the description of a table (RFC 8878, 4.1.1).
 * @returns it, and how many bytes described it. @throws ZstdError
 */
export function readFseTable(
  bytes: Uint8Array,
  maxLog: number,
  maxSymbol: number,
): { table: FseTable; length: number } {
  let bit = 0;
  const peek = (count: number) => {
    const at = bit >> 3;
    const word = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
    return (word >>> (bit & 7)) & ((1 << count) - 1);
  };
  const log = peek(4) + 5;
  bit += 4;
  expectZstd(log <= maxLog, "a table that is too large");
  const counts: number[] = [];
  let left = 1 << log;
  let width = log + 1;
  while (left > 0) {
    expectZstd(counts.length <= maxSymbol, "more symbols than there are");
    // As few bits as hold what is left: small values go without their highest bit.
    while (left + 1 < 1 << (width - 1)) width -= 1;
    const threshold = 1 << (width - 1);
    const spare = 2 * threshold - 2 - left;
    let value = peek(width);
    if ((value & (threshold - 1)) < spare) {
      value &= threshold - 1;
      bit += width - 1;
    } else {
      if (value >= threshold) value -= spare;
      bit += width;
    }
    const count = value - 1;
    left -= Math.abs(count);
    expectZstd(left >= 0, "a table that does not add up");
    counts.push(count);
    if (count !== 0) continue;
    for (let zeros = 3; zeros === 3; ) {
      zeros = peek(2);
      bit += 2;
      for (let i = 0; i < zeros; i++) counts.push(0);
      expectZstd(counts.length <= maxSymbol + 1, "more symbols than there are");
    }
  }
  const length = (bit + 7) >> 3;
  expectZstd(length <= bytes.length, "a table that breaks off");
  expectZstd(counts.length <= maxSymbol + 1, "more symbols than there are");
  return { table: fseTable(counts, log), length };
}
