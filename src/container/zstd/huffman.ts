import { BackwardBits } from "./backward-bits.ts";
import { readFseTable } from "./fse-table.ts";
import { expectZstd } from "./zstd-error.ts";

/** A Huffman decoder over the next `log` bits (RFC 8878, 4.2): symbol << 4 | length of its code. */
export interface HuffmanTable {
  log: number;
  entries: Uint16Array;
}

const MAX_LOG = 11;

/** @returns the table, and how many bytes described it. @throws ZstdError */
export function readHuffman(bytes: Uint8Array): { table: HuffmanTable; length: number } {
  const header = bytes[0] ?? 0;
  const length = 1 + (header < 128 ? header : (header - 126) >> 1);
  expectZstd(header !== 0 && length <= bytes.length, "a Huffman table that breaks off");
  const described = bytes.subarray(1, length);
  const weights = header < 128 ? fseWeights(described) : plainWeights(described, header - 127);
  return { table: huffmanTable(weights), length };
}

function plainWeights(bytes: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const byte = bytes[i >> 1] ?? 0;
    return i % 2 === 0 ? byte >> 4 : byte & 15;
  });
}

/** Two states in turn, until there are no bits for another one (RFC 8878, 4.2.1.2). */
function fseWeights(bytes: Uint8Array): number[] {
  const { table, length } = readFseTable(bytes, 6, MAX_LOG + 1);
  const bits = new BackwardBits(bytes.subarray(length));
  const states = [bits.read(table.log), bits.read(table.log)];
  const weights: number[] = [];
  for (let turn = 0; ; turn ^= 1) {
    const state = states[turn] ?? 0;
    weights.push(table.symbols[state] ?? 0);
    expectZstd(weights.length <= 254, "more weights than symbols");
    const width = table.bits[state] ?? 0;
    if (bits.left < width) {
      weights.push(table.symbols[states[turn ^ 1] ?? 0] ?? 0);
      return weights;
    }
    states[turn] = (table.bases[state] ?? 0) + bits.read(width);
  }
}

/** The last symbol's weight is not given: it makes the sum a power of two. */
function huffmanTable(weights: number[]): HuffmanTable {
  const sum = weights.reduce((total, weight) => total + ((1 << weight) >> 1), 0);
  expectZstd(sum > 0, "a Huffman table without symbols");
  const log = 32 - Math.clz32(sum);
  expectZstd(log <= MAX_LOG, "a Huffman code that is too long");
  const rest = (1 << log) - sum;
  expectZstd((rest & (rest - 1)) === 0, "a Huffman table that does not add up");
  const all = [...weights, 32 - Math.clz32(rest)];
  expectZstd(all.length <= 256, "more weights than symbols");
  const entries = new Uint16Array(1 << log);
  let at = 0;
  for (let weight = 1; weight <= log; weight++) {
    const width = (1 << weight) >> 1;
    for (const [symbol, own] of all.entries()) {
      if (own !== weight) continue;
      entries.fill((symbol << 4) | (log + 1 - weight), at, at + width);
      at += width;
    }
  }
  expectZstd(at === entries.length, "a Huffman table that does not add up");
  return { log, entries };
}

/** Fills `target` with symbols; the bits must be just enough. @throws ZstdError */
export function decodeHuffman(table: HuffmanTable, bytes: Uint8Array, target: Uint8Array): void {
  const { log, entries } = table;
  const bits = new BackwardBits(bytes);
  let { left } = bits;
  let at = 0;
  // While whole codes are there, without a look at what is left.
  for (const { length } = target; at < length && left >= log; at++) {
    const from = left - log;
    const byte = from >> 3;
    const word =
      (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16);
    const entry = entries[(word >>> (from & 7)) & ((1 << log) - 1)] ?? 0;
    target[at] = entry >> 4;
    left -= entry & 15;
  }
  bits.left = left;
  for (; at < target.length; at++) {
    const entry = entries[bits.peek(log)] ?? 0;
    target[at] = entry >> 4;
    bits.left -= entry & 15;
  }
  expectZstd(bits.left === 0, "literals that do not end with their bits");
}
