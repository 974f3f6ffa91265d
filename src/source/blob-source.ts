import type { BlockSource, ReadCounters, Slice } from "./block-source.ts";
import { SourceError, totalLength } from "./block-source.ts";

/**
 * A user's File, or any Blob. All slices of a read become ONE Blob that is read once: measured two
 * to three times faster than slice by slice, since a browser's cost is per read, not per byte.
 */
export class BlobSource implements BlockSource {
  readonly size: number;
  readonly counters: ReadCounters = { bytes: 0, calls: 0 };

  constructor(private readonly blob: Blob) {
    this.size = blob.size;
  }

  async read(slices: readonly Slice[]): Promise<Uint8Array<ArrayBuffer>> {
    const parts = slices.map(({ offset, length }) => this.blob.slice(offset, offset + length));
    const wanted = totalLength(slices);
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    } catch (error) {
      // A browser refuses a file that was touched after it was chosen with the same error as one it
      // may not read; what was readable a moment ago has changed.
      throw this.failed(slices, error instanceof Error ? error.message : String(error));
    }
    if (bytes.length !== wanted) throw this.failed(slices, `${bytes.length} of ${wanted} bytes`);
    this.counters.bytes += wanted;
    this.counters.calls += 1;
    return bytes;
  }

  private failed(slices: readonly Slice[], message: string): SourceError {
    const kind = this.counters.calls > 0 ? "changed" : "unreadable";
    return new SourceError(kind, slices[0]?.offset ?? 0, message);
  }
}
