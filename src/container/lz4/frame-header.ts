import type { FrameFacts } from "../stream/frame-unpacker.ts";
import { Lz4Error } from "./lz4-block.ts";
import { xxh32 } from "./xxh32.ts";

export const LZ4_MAGIC = 0x184d2204;
/** The older format, in which Linux kernels are packed: blocks of 8 MiB, nothing else. */
export const LEGACY_MAGIC = 0x184c2102;
export const LEGACY_BLOCK = 8 << 20;
/** Of a header behind its magic, at most: flags, sizes, the content's size, a dictionary, a check. */
export const LONGEST_DESCRIPTOR = 15;

/** How the blocks of a frame are (LZ4 frame format 1.6). */
export interface Lz4Frame extends FrameFacts {
  /** Of the descriptor, in bytes. */
  length: number;
  largestBlock: number;
  /** Matches may reach into the blocks before. */
  isLinked: boolean;
  hasBlockChecks: boolean;
  hasDictionary: boolean;
}

/** What the older format comes to. */
export const LEGACY_FRAME: Lz4Frame = {
  length: 0,
  largestBlock: LEGACY_BLOCK,
  isLinked: false,
  hasBlockChecks: false,
  hasChecksum: false,
  contentSize: null,
  hasDictionary: false,
};

/** @param bytes behind the magic; zeros may follow where the file ends. @throws Lz4Error */
export function lz4Frame(bytes: Uint8Array): Lz4Frame {
  const [flags = 0, block = 0] = bytes;
  const hasSize = (flags & 8) !== 0;
  const hasDictionary = (flags & 1) !== 0;
  const length = 2 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0) + 1;
  if (flags >> 6 !== 1 || flags & 2 || block & 0x8f || block >> 4 < 4) {
    throw new Lz4Error("a header with bits that no lz4 knows");
  }
  if (((xxh32(bytes.subarray(0, length - 1)) >> 8) & 255) !== bytes[length - 1]) {
    throw new Lz4Error("a header that does not match its checksum");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    length,
    largestBlock: 1 << (8 + 2 * (block >> 4)),
    isLinked: (flags & 0x20) === 0,
    hasBlockChecks: (flags & 0x10) !== 0,
    hasChecksum: (flags & 4) !== 0,
    contentSize: hasSize ? view.getBigUint64(2, true) : null,
    hasDictionary,
  };
}
