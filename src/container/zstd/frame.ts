import type { History } from "../stream/history.ts";
import type { HuffmanTable } from "./huffman.ts";
import { readLiterals } from "./literals.ts";
import { runSequences, type SequenceState } from "./sequences.ts";
import { expectZstd } from "./zstd-error.ts";

/** What a block unpacks to, at most, in bytes (RFC 8878, 3.1.1.2.4). */
const LARGEST_BLOCK = 128 << 10;

/** How far back matches are followed, whatever a frame asks for: `zstd` itself needs --long for more. */
export const LONGEST_REACH = 128 << 20;

/** A block's header (RFC 8878, 3.1.1.2), 3 bytes. */
export interface BlockHeader {
  isLast: boolean;
  kind: "raw" | "repeated" | "packed" | "none";
  /** What it says of a size: of a repeated byte how often, else of bytes in the file. */
  size: number;
  /** In the file, behind the header, in bytes. */
  packed: number;
}

export function blockHeader(bytes: Uint8Array, at: number): BlockHeader {
  const value = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
  const size = value >> 3;
  const kind = (["raw", "repeated", "packed", "none"] as const)[(value >> 1) & 3] ?? "none";
  return { isLast: (value & 1) === 1, kind, size, packed: kind === "repeated" ? 1 : size };
}

/** The blocks of one frame, unpacked in order into `history`. */
export class Frame {
  private readonly most: number;
  private huffman: HuffmanTable | null = null;
  private readonly sequences: SequenceState = { tables: null, recent: [1, 4, 8] };

  /** @param window how far back its matches may reach, in bytes. */
  constructor(
    private readonly history: History,
    private readonly window: number,
  ) {
    this.most = Math.min(window, LARGEST_BLOCK);
    history.begin(Math.min(window, LONGEST_REACH));
  }

  /** @param bytes the block's, without its header. @throws ZstdError, TooFarBack */
  unpack({ kind, size }: BlockHeader, bytes: Uint8Array): void {
    const { history, most, window } = this;
    history.makeRoom(LARGEST_BLOCK);
    expectZstd(kind !== "none", "a block of no kind");
    expectZstd(size <= most, "a block of more than it may hold");
    if (kind === "packed") {
      const literals = readLiterals(bytes, most, this.huffman);
      this.huffman = literals.table;
      const section = bytes.subarray(literals.length);
      runSequences(section, literals.bytes, this.sequences, {
        history,
        most,
        window,
      });
      return;
    }
    if (kind === "raw") history.bytes.set(bytes, history.put);
    else history.bytes.fill(bytes[0] ?? 0, history.put, history.put + size);
    history.advance(size);
  }
}
