import type { BitReader } from "./bit-reader.ts";
import { CodeError, type CodeTable, codeTable } from "./code-table.ts";

/** The two codes of a deflate block. */
export interface BlockCodes {
  /** Literals, the end of the block (256) and lengths. */
  literals: CodeTable;
  distances: CodeTable;
}

/** Bytes that the codes of a block can take, at most: 14 + 19 · 3 + 316 · (7 + 7) bits. */
export const LONGEST_CODES = 600;

/** The order in which lengths of the code lengths' own code come (RFC 1951, 3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** RFC 1951, 3.2.6. */
export const FIXED_CODES: BlockCodes = {
  literals: codeTable(
    Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
    false,
  ),
  distances: codeTable(new Uint8Array(32).fill(5), false),
};

/** The codes that a block brings with it (RFC 1951, 3.2.7). @throws StreamDamage */
export function readCodes(reader: BitReader): BlockCodes {
  const literals = reader.bits(5) + 257;
  const distances = reader.bits(5) + 1;
  const count = reader.bits(4) + 4;
  if (literals > 286 || distances > 30) throw reader.damaged("more symbols than there are");
  const own = new Uint8Array(19);
  for (const symbol of ORDER.slice(0, count)) own[symbol] = reader.bits(3);
  const lengths = readLengths(reader, table(reader, own, false), literals + distances);
  if (lengths[256] === 0) throw reader.damaged("a block without an end");
  return {
    literals: table(reader, lengths.subarray(0, literals), true),
    distances: table(reader, lengths.subarray(literals), true),
  };
}

function readLengths(reader: BitReader, code: CodeTable, count: number): Uint8Array {
  const lengths = new Uint8Array(count);
  for (let at = 0; at < count; ) {
    const symbol = reader.symbol(code);
    if (symbol < 16) {
      lengths[at++] = symbol;
      continue;
    }
    if (symbol === 16 && at === 0) throw reader.damaged("a length that repeats none");
    const value = symbol === 16 ? (lengths[at - 1] ?? 0) : 0;
    const times = symbol === 18 ? reader.bits(7) + 11 : reader.bits(symbol === 16 ? 2 : 3) + 3;
    if (at + times > count) throw reader.damaged("more lengths than symbols");
    lengths.fill(value, at, at + times);
    at += times;
  }
  return lengths;
}

function table(reader: BitReader, lengths: Uint8Array, mayBeIncomplete: boolean): CodeTable {
  try {
    return codeTable(lengths, mayBeIncomplete);
  } catch (error) {
    if (error instanceof CodeError) throw reader.damaged(error.message);
    throw error;
  }
}
