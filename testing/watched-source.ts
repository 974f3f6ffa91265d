import type { BlockSource, Range } from "../src/source/block-source.ts";
import { BytesSource } from "../src/source/bytes-source.ts";

/** Bytes in memory, and how much memory was in use whenever they were read. */
export class WatchedSource implements BlockSource {
  readonly size: number;
  /** The most that buffers took while it was read beyond what they took before, in bytes. */
  peak = 0;
  private readonly before = process.memoryUsage().arrayBuffers;
  private readonly source: BytesSource;

  constructor(image: Uint8Array) {
    this.source = new BytesSource(image);
    this.size = image.length;
  }

  get counters() {
    return this.source.counters;
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    this.peak = Math.max(this.peak, process.memoryUsage().arrayBuffers - this.before);
    return this.source.read(ranges);
  }
}
