import type { BlockSource, Range, ReadCounters } from "./block-source.ts";
import { SourceError, totalLength } from "./block-source.ts";

/**
 * A user's File, or any Blob. All ranges of a read become ONE Blob that is read once: measured two
 * to three times faster than range by range, since a browser's cost is per read, not per byte.
 */
export class BlobSource implements BlockSource {
  readonly size: number;
  readonly counters: ReadCounters = { bytes: 0, calls: 0 };

  /** @param beforeRead may throw to keep anything more from being read. */
  constructor(
    private readonly blob: Blob,
    private readonly beforeRead: () => void = () => {},
  ) {
    this.size = blob.size;
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    this.beforeRead();
    const parts = ranges.map(({ offset, length }) => this.blob.slice(offset, offset + length));
    const wanted = totalLength(ranges);
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    } catch (error) {
      // A browser refuses a file that was touched after it was chosen with the same error as one it
      // may not read; what was readable a moment ago has changed.
      throw this.failed(ranges, error instanceof Error ? error.message : String(error));
    }
    if (bytes.length !== wanted) throw this.failed(ranges, `${bytes.length} of ${wanted} bytes`);
    this.counters.bytes += wanted;
    this.counters.calls += 1;
    return bytes;
  }

  private failed(ranges: readonly Range[], message: string): SourceError {
    const kind = this.counters.calls > 0 ? "changed" : "unreadable";
    return new SourceError(kind, ranges[0]?.offset ?? 0, message);
  }
}
