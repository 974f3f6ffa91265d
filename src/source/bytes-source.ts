import { type BlockSource, type Range, type ReadCounters, totalLength } from "./block-source.ts";

/** An image that is already in memory: tests, and stores that the replay makes. */
export class BytesSource implements BlockSource {
  readonly size: number;
  readonly counters: ReadCounters = { bytes: 0, calls: 0 };

  constructor(private readonly image: Uint8Array) {
    this.size = image.length;
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(totalLength(ranges));
    this.readNow(ranges, bytes);
    return bytes;
  }

  readNow(ranges: readonly Range[], target: Uint8Array): void {
    let at = 0;
    for (const { offset, length } of ranges) {
      target.set(this.image.subarray(offset, offset + length), at);
      at += length;
    }
    this.counters.bytes += at;
    this.counters.calls += 1;
  }
}
