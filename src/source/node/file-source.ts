import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { BlockSource, Range, ReadCounters } from "../block-source.ts";
import { SourceError, totalLength } from "../block-source.ts";

/**
 * A file or block device on Node, opened read-only. Reads are synchronous: a warm pread costs
 * 2–3 µs that way and four times as much through promises.
 */
export class FileSource implements BlockSource {
  readonly size: number;
  readonly counters: ReadCounters = { bytes: 0, calls: 0 };
  private readonly modified: bigint;

  private constructor(
    private readonly descriptor: number,
    size: number,
  ) {
    this.size = size;
    this.modified = fstatSync(descriptor, { bigint: true }).mtimeNs;
  }

  /** @throws SourceError if the file cannot be opened. */
  static open(path: string): FileSource {
    let descriptor: number;
    try {
      descriptor = openSync(path, "r");
    } catch (error) {
      throw new SourceError("unreadable", 0, reason(error));
    }
    const status = fstatSync(descriptor);
    if (status.isDirectory()) {
      closeSync(descriptor);
      throw new SourceError("unreadable", 0, "it is a directory");
    }
    return new FileSource(descriptor, status.isFile() ? status.size : deviceSize(descriptor));
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(totalLength(ranges));
    this.readNow(ranges, bytes);
    return bytes;
  }

  readNow(ranges: readonly Range[], target: Uint8Array): void {
    let at = 0;
    for (const { offset, length } of ranges) {
      this.fill(target, at, offset, length);
      at += length;
    }
    this.counters.bytes += at;
    this.counters.calls += ranges.length;
  }

  /** @throws SourceError if the file is not what it was when it was opened. */
  assertUnchanged(): void {
    const status = fstatSync(this.descriptor, { bigint: true });
    if (!status.isFile()) return;
    if (status.mtimeNs !== this.modified || status.size !== BigInt(this.size)) {
      throw new SourceError("changed", 0, "its time of modification or size is another one now");
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private fill(bytes: Uint8Array, at: number, offset: number, length: number): void {
    let done = 0;
    while (done < length) {
      let got: number;
      try {
        got = readSync(this.descriptor, bytes, at + done, length - done, offset + done);
      } catch (error) {
        throw new SourceError("unreadable", offset + done, reason(error));
      }
      if (got === 0) throw new SourceError("changed", offset + done, "it ends here now");
      done += got;
    }
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A block device's stat says size 0: its end is found by halving. In bytes. */
function deviceSize(descriptor: number): number {
  const probe = new Uint8Array(1);
  const readable = (offset: number): boolean => {
    try {
      return readSync(descriptor, probe, 0, 1, offset) === 1;
    } catch {
      return false;
    }
  };
  if (!readable(0)) return 0;
  let low = 0;
  let high = 512;
  while (readable(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (readable(middle)) low = middle;
    else high = middle;
  }
  return high;
}
