import { crc32 } from "../stream/crc32.ts";
import { LzmaError } from "./range-decoder.ts";
import { ByteReader } from "./variable-length.ts";

/** What a block was sent through before it was packed, by its number in the file. */
export interface XzFilter {
  id: number;
  properties: Uint8Array;
}

/** A block's header (xz file format 1.2, 3.1). */
export interface XzBlockHeader {
  /** Of the packed and of the unpacked bytes; null: it does not say. */
  packed: number | null;
  size: number | null;
  /** As they were applied: the last one packs. */
  filters: XzFilter[];
}

/** The length of a block's header in bytes, by its first byte (which is not 0). */
export function blockHeaderLength(first: number): number {
  return (first + 1) * 4;
}

/** @param bytes all of it. @throws LzmaError */
export function xzBlockHeader(bytes: Uint8Array): XzBlockHeader {
  const end = bytes.length - 4;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(end, true) !== crc32(0, bytes.subarray(0, end))) {
    throw new LzmaError("a block's header does not match its checksum");
  }
  const flags = bytes[1] ?? 0;
  if (flags & 0x3c) throw new LzmaError("a block's header with flags that no xz knows");
  const reader = new ByteReader(bytes.subarray(2, end));
  const packed = flags & 0x40 ? reader.number() : null;
  const size = flags & 0x80 ? reader.number() : null;
  const filters = Array.from({ length: (flags & 3) + 1 }, () => {
    const id = reader.number();
    return { id, properties: reader.bytes(reader.number()) };
  });
  if (!reader.isRestZero()) throw new LzmaError("a block's header with more than it should have");
  return { packed, size, filters };
}

/** How far back LZMA2 reaches, in bytes (5.3.1). @throws LzmaError */
export function dictionarySize(properties: Uint8Array): number {
  const [bits = 255] = properties;
  if (properties.length !== 1 || bits > 40) throw new LzmaError("a dictionary of no size");
  return bits === 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11);
}
