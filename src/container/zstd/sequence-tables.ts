import { constantTable, type FseTable, fseTable, readFseTable } from "./fse-table.ts";
import { expectZstd } from "./zstd-error.ts";

/** The three codes of a sequence: how many literals, how far back, how long the match is. */
export interface SequenceTables {
  literals: FseTable;
  offsets: FseTable;
  matches: FseTable;
}

// What codes stand for, and how many bits add to that (RFC 8878, 3.1.1.3.2.1.1).
export const LITERAL_BITS = Uint8Array.of(
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10],
  ...[11, 12, 13, 14, 15, 16],
);
export const MATCH_BITS = Uint8Array.of(
  ...new Array(32).fill(0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
);
export const LITERAL_BASES = bases(LITERAL_BITS, 0);
export const MATCH_BASES = bases(MATCH_BITS, 3);

/** Codes follow each other without a gap, from `first` on. */
function bases(bits: Uint8Array, first: number): Int32Array {
  let next = first;
  return Int32Array.from(bits, (width) => {
    next += 1 << width;
    return next - (1 << width);
  });
}

/** RFC 8878, 3.1.1.3.2.2. */
const PREDEFINED: SequenceTables = {
  literals: fseTable(
    [
      ...[4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1],
      ...[1, 1, 1, 1, -1, -1, -1, -1],
    ],
    6,
  ),
  offsets: fseTable([1, 1, 1, 1, 1, 1, 2, 2, 2, ...new Array(15).fill(1), -1, -1, -1, -1, -1], 5),
  matches: fseTable(
    [1, 4, 3, 2, 2, 2, 2, 2, 2, ...new Array(37).fill(1), ...new Array(7).fill(-1)],
    6,
  ),
};

/**
 * The tables that a block names or brings with it (RFC 8878, 3.1.1.3.2.1).
 * @returns them, and how many bytes described them. @throws ZstdError
 */
export function readTables(
  bytes: Uint8Array,
  before: SequenceTables | null,
): { tables: SequenceTables; length: number } {
  const modes = bytes[0] ?? 0;
  expectZstd(bytes.length > 0 && (modes & 3) === 0, "tables of no kind");
  let length = 1;
  const read = (shift: number, kind: keyof SequenceTables, maxLog: number, maxSymbol: number) => {
    switch ((modes >> shift) & 3) {
      case 0:
        return PREDEFINED[kind];
      case 1: {
        const symbol = bytes[length++];
        expectZstd(symbol !== undefined && symbol <= maxSymbol, "a symbol that there is not");
        return constantTable(symbol);
      }
      case 2: {
        const described = readFseTable(bytes.subarray(length), maxLog, maxSymbol);
        length += described.length;
        return described.table;
      }
      default:
        expectZstd(before !== null, "a table of the block before, which there is not");
        return before[kind];
    }
  };
  const literals = read(6, "literals", 9, LITERAL_BITS.length - 1);
  const offsets = read(4, "offsets", 8, 31);
  const matches = read(2, "matches", 9, MATCH_BITS.length - 1);
  return { tables: { literals, offsets, matches }, length };
}
