import { copyMatch } from "../stream/copy-match.ts";
import type { History } from "../stream/history.ts";

/** How far back a match may reach, in bytes. */
export const LZ4_REACH = 65_535;
const SHORTEST_MATCH = 4;

/** Packed bytes that are not what the format allows: the message says what. */
export class Lz4Error extends Error {}

/**
 * Unpacks one block (LZ4 block format) into `history`, in which there is room for it.
 * @param most what it may unpack to, in bytes. @throws Lz4Error
 */
export function unpackLz4(block: Uint8Array, most: number, history: History): void {
  const { bytes: output, oldest } = history;
  const limit = history.put + most;
  let { put } = history;
  let at = 0;
  /** 15 goes on in bytes that are added, until one is not 255. */
  const length = (first: number): number => {
    let value = first;
    if (first < 15) return value;
    for (;;) {
      const byte = block[at++];
      if (byte === undefined) throw new Lz4Error("a length that breaks off");
      value += byte;
      if (byte < 255) return value;
    }
  };
  for (;;) {
    const token = block[at++];
    if (token === undefined) throw new Lz4Error("a block that breaks off");
    const plain = length(token >> 4);
    if (at + plain > block.length || put + plain > limit) {
      throw new Lz4Error("more literals than there are, or than there may be");
    }
    output.set(block.subarray(at, at + plain), put);
    at += plain;
    put += plain;
    if (at === block.length) break;
    const distance = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    const run = length(token & 15) + SHORTEST_MATCH;
    if (at > block.length) throw new Lz4Error("a match that breaks off");
    if (distance === 0 || distance > put - oldest) throw new Lz4Error("a match that cannot be");
    if (put + run > limit) throw new Lz4Error("a block of more than it may hold");
    copyMatch(output, put, distance, run);
    put += run;
  }
  history.advance(put - history.put);
}
