import type { Piece } from "./file-system.ts";
import { Invalid } from "./invalid.ts";

/** A run of blocks that a block map names; both counts in blocks. `start` null: unwritten, zeros. */
export interface MappedRun {
  block: bigint;
  start: number | null;
  count: number;
}

/**
 * Runs as pieces of a file of `size` bytes: what lies behind its end is no content.
 * @throws Invalid where runs are not in order, or not inside a file system of `blocks` blocks.
 */
export class PieceMaker {
  private next = 0n;

  constructor(
    private readonly blockBytes: number,
    private readonly blocks: number,
    private readonly size: bigint,
  ) {}

  /** @returns null where nothing of it is content. */
  piece({ block, start, count }: MappedRun): Piece | null {
    if (block < this.next) throw new Invalid(`the map comes back to block ${block} of the file`);
    this.next = block + BigInt(count);
    if (start === null) return null;
    if (start + count > this.blocks) {
      throw new Invalid(`blocks ${start} to ${start + count - 1} are behind the file system's end`);
    }
    const at = block * BigInt(this.blockBytes);
    const left = this.size - at;
    if (left <= 0n) return null;
    const bytes = count * this.blockBytes;
    const length = left < BigInt(bytes) ? Number(left) : bytes;
    return { at, length, offset: start * this.blockBytes, bytes: null };
  }

  /** Whether what comes from this block of the file on is behind its end. */
  isBehind(block: bigint): boolean {
    return block * BigInt(this.blockBytes) >= this.size;
  }
}

/** Content that lies in the inode itself. */
export const inlinePiece = (bytes: Uint8Array): Piece => ({
  at: 0n,
  length: bytes.length,
  offset: null,
  bytes,
});
