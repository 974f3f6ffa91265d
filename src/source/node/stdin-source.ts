import { readSync } from "node:fs";
import {
  type BlockSource,
  type Range,
  type ReadCounters,
  SourceError,
  totalLength,
} from "../block-source.ts";
import { KeptPages } from "../kept-pages.ts";

/** So much of standard input that is not zeros is kept, in bytes: 1 GiB. */
export const STDIN_LIMIT = 1 << 30;

const PIECE = 1 << 20;

/** Bytes got of standard input; 0 at its end. */
export type ReadNext = (target: Uint8Array) => number;

/**
 * Standard input, read to its end before anything else: it cannot be read twice, and no file is made
 * of it. Zeros, most of any disk, take no memory.
 */
export class StdinSource implements BlockSource {
  readonly size: number;
  readonly counters: ReadCounters = { bytes: 0, calls: 0 };

  private constructor(private readonly pages: KeptPages) {
    this.size = pages.complete;
  }

  /** @throws SourceError if it holds more than `limit` bytes that are no zeros. */
  static readAll(next: ReadNext = nextOfStdin, limit = STDIN_LIMIT): StdinSource {
    const pages = new KeptPages(limit);
    const piece = new Uint8Array(PIECE);
    for (;;) {
      const got = next(piece);
      if (got === 0) return new StdinSource(pages);
      pages.add(piece.subarray(0, got));
      if (pages.full) throw new SourceError("unreadable", pages.complete, tooMuch(limit));
    }
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(totalLength(ranges));
    this.readNow(ranges, bytes);
    return bytes;
  }

  readNow(ranges: readonly Range[], target: Uint8Array): void {
    target.fill(0, 0, totalLength(ranges));
    let at = 0;
    for (const { offset, length } of ranges) {
      this.pages.copy(offset, length, target, at);
      at += length;
    }
    this.counters.bytes += at;
    this.counters.calls += 1;
  }

  /** It is at its end: there is nothing to close. */
  close(): void {}
}

function tooMuch(limit: number): string {
  return `standard input holds more than ${limit} bytes that are not zeros, which is all that is kept of it: save it to a file first`;
}

function nextOfStdin(target: Uint8Array): number {
  for (;;) {
    try {
      return readSync(0, target);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : "";
      if (code === "EOF") return 0;
      const why = error instanceof Error ? error.message : String(error);
      if (code !== "EAGAIN") throw new SourceError("unreadable", 0, `standard input: ${why}`);
      // A terminal or a socket that does not wait: so we do.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
