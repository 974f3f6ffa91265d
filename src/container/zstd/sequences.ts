import { copyMatch } from "../stream/copy-match.ts";
import type { History } from "../stream/history.ts";
import { BackwardBits } from "./backward-bits.ts";
import {
  LITERAL_BASES,
  LITERAL_BITS,
  MATCH_BASES,
  MATCH_BITS,
  readTables,
  type SequenceTables,
} from "./sequence-tables.ts";
import { expectZstd, ZstdError } from "./zstd-error.ts";

/** What a block leaves for the next one of its frame. */
export interface SequenceState {
  tables: SequenceTables | null;
  /** The offsets used last. */
  recent: [number, number, number];
}

/** Where sequences are put together. */
export interface SequenceTarget {
  history: History;
  /** What the block may unpack to, at most; there is room for it. */
  most: number;
  /** Matches reach back so far and no farther, in bytes. */
  window: number;
}

/** A match reaches farther back than is kept here, though the format allows it. */
export class TooFarBack extends Error {}

/**
 * Reads the sequences of a block and carries them out (RFC 8878, 3.1.1.3.2 and 3.1.1.4).
 * @param section what follows the literals in the block. @throws ZstdError, TooFarBack
 */
export function runSequences(
  section: Uint8Array,
  literals: Uint8Array,
  state: SequenceState,
  { history, most, window }: SequenceTarget,
): void {
  const { count, header } = sequenceCount(section);
  const end = history.put + most;
  let { put } = history;
  let used = 0;
  if (count > 0) {
    const { tables, length } = readTables(section.subarray(header), state.tables);
    state.tables = tables;
    const bytes = section.subarray(header + length);
    // From here on in local variables: this loop is what unpacking is.
    let { left } = new BackwardBits(bytes);
    const { bytes: output, oldest, total } = history;
    const reach = total - history.put;
    const { log: aLog, symbols: aSymbols, bits: aBits, bases: aBases } = tables.literals;
    const { log: bLog, symbols: bSymbols, bits: bBits, bases: bBases } = tables.offsets;
    const { log: cLog, symbols: cSymbols, bits: cBits, bases: cBases } = tables.matches;
    let [first, second, third] = state.recent;
    left -= aLog;
    let a = bitsAt(bytes, left, aLog);
    left -= bLog;
    let b = bitsAt(bytes, left, bLog);
    left -= cLog;
    let c = bitsAt(bytes, left, cLog);
    for (let i = 1; ; i++) {
      const offsetCode = bSymbols[b] ?? 0;
      const matchCode = cSymbols[c] ?? 0;
      const literalCode = aSymbols[a] ?? 0;
      let value = 0;
      if (offsetCode > 24) {
        // As two parts: 24 bits can be had at once.
        left -= offsetCode - 16;
        value = bitsAt(bytes, left, offsetCode - 16) * 65536;
        left -= 16;
        value += 2 ** offsetCode + bitsAt(bytes, left, 16);
      } else {
        left -= offsetCode;
        value = (1 << offsetCode) + bitsAt(bytes, left, offsetCode);
      }
      const runBits = MATCH_BITS[matchCode] ?? 0;
      left -= runBits;
      const run = (MATCH_BASES[matchCode] ?? 0) + bitsAt(bytes, left, runBits);
      const plainBits = LITERAL_BITS[literalCode] ?? 0;
      left -= plainBits;
      const plain = (LITERAL_BASES[literalCode] ?? 0) + bitsAt(bytes, left, plainBits);
      // RFC 8878, 3.1.1.5: values up to 3 stand for offsets used last.
      let offset = value - 3;
      if (value > 3) {
        third = second;
        second = first;
        first = offset;
      } else {
        const which = plain === 0 ? value + 1 : value;
        offset = which === 1 ? first : which === 2 ? second : which === 3 ? third : first - 1;
        if (which > 2) third = second;
        if (which > 1) {
          second = first;
          first = offset;
        }
      }
      if (left < 0) throw new ZstdError("sequences that break off");
      if (used + plain > literals.length) throw new ZstdError("more literals used than there are");
      if (put + plain + run > end) throw new ZstdError("a block of more than it may hold");
      for (let k = 0; k < plain; k++) output[put + k] = literals[used + k] ?? 0;
      used += plain;
      put += plain;
      if (offset === 0) throw new ZstdError("a match that reaches nowhere");
      if (offset > put - oldest) {
        if (offset <= put + reach && offset <= window) throw new TooFarBack();
        throw new ZstdError("a match that reaches too far back");
      }
      copyMatch(output, put, offset, run);
      put += run;
      if (i === count) break;
      const aWidth = aBits[a] ?? 0;
      left -= aWidth;
      a = (aBases[a] ?? 0) + bitsAt(bytes, left, aWidth);
      const cWidth = cBits[c] ?? 0;
      left -= cWidth;
      c = (cBases[c] ?? 0) + bitsAt(bytes, left, cWidth);
      const bWidth = bBits[b] ?? 0;
      left -= bWidth;
      b = (bBases[b] ?? 0) + bitsAt(bytes, left, bWidth);
    }
    expectZstd(left === 0, "sequences that do not end with their bits");
    state.recent = [first, second, third];
  } else expectZstd(header === section.length, "bytes behind the literals");
  const rest = literals.length - used;
  expectZstd(put + rest <= end, "a block of more than it may hold");
  history.bytes.set(literals.subarray(used), put);
  history.advance(put + rest - history.put);
}

/** `count` bits, at most 24, of which the lowest is bit `from` of all; what is not there is 0. */
function bitsAt(bytes: Uint8Array, from: number, count: number): number {
  const at = from >> 3;
  const word =
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24);
  return (word >>> (from & 7)) & ((1 << count) - 1);
}

function sequenceCount(section: Uint8Array): { count: number; header: number } {
  const [b0 = 0, b1 = 0, b2 = 0] = section;
  expectZstd(section.length > 0, "a block without sequences");
  if (b0 < 128) return { count: b0, header: 1 };
  if (b0 < 255) return { count: ((b0 - 128) << 8) + b1, header: 2 };
  return { count: b1 + (b2 << 8) + 0x7f00, header: 3 };
}
