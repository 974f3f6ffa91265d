import type { BlockSource, ReadCounters, Slice } from "./block-source.ts";
import { totalLength } from "./block-source.ts";

/** An image that is already in memory: tests, and stores that the replay makes. */
export class BytesSource implements BlockSource {
  readonly size: number;
  readonly counters: ReadCounters = { bytes: 0, calls: 0 };

  constructor(private readonly image: Uint8Array) {
    this.size = image.length;
  }

  async read(slices: readonly Slice[]): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(totalLength(slices));
    let at = 0;
    for (const { offset, length } of slices) {
      bytes.set(this.image.subarray(offset, offset + length), at);
      at += length;
    }
    this.counters.bytes += bytes.length;
    this.counters.calls += 1;
    return bytes;
  }
}
