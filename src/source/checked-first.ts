import type { BlockSource, Range, ReadCounters } from "./block-source.ts";

/** A source of which nothing is read any more once `beforeRead` throws. */
export class CheckedFirst implements BlockSource {
  readonly size: number;

  constructor(
    private readonly source: BlockSource,
    private readonly beforeRead: () => void,
  ) {
    this.size = source.size;
  }

  get counters(): ReadCounters {
    return this.source.counters;
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    this.beforeRead();
    return this.source.read(ranges);
  }

  assertUnchanged(): void {
    this.source.assertUnchanged?.();
  }
}
