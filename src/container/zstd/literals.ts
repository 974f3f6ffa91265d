import { decodeHuffman, type HuffmanTable, readHuffman } from "./huffman.ts";
import { expectZstd } from "./zstd-error.ts";

/** The literals of a block, and what comes after them. */
export interface Literals {
  bytes: Uint8Array;
  /** Of the block, in bytes. */
  length: number;
  /** For blocks that use the table of the one before. */
  table: HuffmanTable | null;
}

/**
 * Reads the literals section of a block (RFC 8878, 3.1.1.3.1).
 * @param most literals a block may have. @param before the table of the blocks before.
 * @throws ZstdError
 */
export function readLiterals(
  block: Uint8Array,
  most: number,
  before: HuffmanTable | null,
): Literals {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0] = block;
  const kind = b0 & 3;
  const format = (b0 >> 2) & 3;
  if (kind < 2) {
    const header = format === 1 ? 2 : format === 3 ? 3 : 1;
    const size = header === 1 ? b0 >> 3 : (b0 >> 4) | (b1 << 4) | (header === 3 ? b2 << 12 : 0);
    const length = header + (kind === 0 ? size : 1);
    expectZstd(size <= most && length <= block.length, "literals that break off");
    const bytes =
      kind === 0 ? block.subarray(header, length) : new Uint8Array(size).fill(block[header] ?? 0);
    return { bytes, length, table: before };
  }
  const header = format < 2 ? 3 : format + 2;
  const width = format < 2 ? 10 : format === 2 ? 14 : 18;
  // 36 bits at most: by parts, since a number's bit operations have 32.
  const low = (b0 >> 4) | (b1 << 4) | (b2 << 12) | ((b3 & 15) << 20);
  const high = (b3 >> 4) | (b4 << 4);
  const size = low & ((1 << width) - 1);
  const packed = ((low >>> width) | (high << (24 - width))) & ((1 << width) - 1);
  const length = header + packed;
  expectZstd(size <= most && length <= block.length, "literals that break off");
  let streams = block.subarray(header, length);
  let table = before;
  if (kind === 2) {
    const read = readHuffman(streams);
    table = read.table;
    streams = streams.subarray(read.length);
  }
  expectZstd(table !== null, "literals without a Huffman table");
  const bytes = new Uint8Array(size);
  if (format === 0) decodeHuffman(table, streams, bytes);
  else decodeFour(table, streams, bytes);
  return { bytes, length, table };
}

/** Four streams, the first three of them equally long once unpacked. */
function decodeFour(table: HuffmanTable, streams: Uint8Array, target: Uint8Array): void {
  const quarter = (target.length + 3) >> 2;
  expectZstd(streams.length >= 6 && quarter * 3 <= target.length, "literals that break off");
  let at = 6;
  for (let i = 0; i < 4; i++) {
    const size = (streams[2 * i] ?? 0) | ((streams[2 * i + 1] ?? 0) << 8);
    const end = i < 3 ? at + size : streams.length;
    expectZstd(end <= streams.length && at < end, "literals that break off");
    const part = target.subarray(i * quarter, i < 3 ? (i + 1) * quarter : target.length);
    decodeHuffman(table, streams.subarray(at, end), part);
    at = end;
  }
}
