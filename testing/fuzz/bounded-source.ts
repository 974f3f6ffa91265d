import type { BlockSource, Range } from "../../src/source/block-source.ts";
import { isRun } from "../../src/source/block-source.ts";
import { BytesSource } from "../../src/source/bytes-source.ts";
import type { Rng } from "../random.ts";

/** Calls that one execution may make of a source: far more than any sound image of these sizes needs. */
const MOST_CALLS = 200_000;

/**
 * Bytes in memory that are never read but where they are, and only so often: a reader that follows a
 * circle is stopped by what it reads, not by a clock. What it did wrong is kept, since a layer above
 * may take an error for bytes that cannot be read.
 */
export class BoundedSource implements BlockSource {
  readonly size: number;
  readonly readNow?: (ranges: readonly Range[], target: Uint8Array) => void;
  private readonly source: BytesSource;
  private fault: string | null = null;

  /** @param most bytes that may be read of it. @param rng whether it can be read at once. */
  constructor(
    image: Uint8Array,
    private readonly most: number,
    rng: Rng,
  ) {
    this.source = new BytesSource(image);
    this.size = image.length;
    if (rng.chance(0.5)) {
      this.readNow = (ranges, target) => {
        this.judge(ranges);
        this.source.readNow(ranges, target);
      };
    }
  }

  get counters() {
    return this.source.counters;
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    this.judge(ranges);
    return this.source.read(ranges);
  }

  /** @throws where it was read as no source may be. */
  assertWellRead(): void {
    if (this.fault !== null) throw new Error(this.fault);
  }

  private judge(ranges: readonly Range[]): void {
    for (const { offset, length } of ranges) {
      if (!isRun(offset, length, this.size)) {
        this.fail(`read ${length} bytes at ${offset} of ${this.size}`);
      }
    }
    const { bytes, calls } = this.counters;
    if (bytes > this.most || calls > MOST_CALLS) {
      this.fail(`read ${bytes} bytes in ${calls} calls of ${this.size}`);
    }
  }

  private fail(fault: string): never {
    this.fault ??= fault;
    throw new Error(fault);
  }
}
