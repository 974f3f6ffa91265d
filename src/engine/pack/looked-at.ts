import type { StoreFacts } from "../../protocol/facts.ts";
import type { BlockSource, Range } from "../../source/block-source.ts";
import type { Core } from "../core.ts";

/** A source that notes what is asked of it. */
export class NotingSource implements BlockSource {
  readonly size: number;
  readonly ranges: Range[] = [];
  readonly readNow?: (ranges: readonly Range[], target: Uint8Array) => void;

  /** @param counts whether a range is worth noting. */
  constructor(
    private readonly source: BlockSource,
    private readonly counts: (range: Range) => boolean,
  ) {
    this.size = source.size;
    if (source.readNow) {
      this.readNow = (ranges, target) => {
        this.note(ranges);
        source.readNow?.(ranges, target);
      };
    }
  }

  get counters() {
    return this.source.counters;
  }

  read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    this.note(ranges);
    return this.source.read(ranges);
  }

  private note(ranges: readonly Range[]): void {
    for (const range of ranges) if (this.counts(range)) this.ranges.push({ ...range });
  }
}

/**
 * Tells the areas of the store, and those behind its end that are only read ahead of it, from all
 * else that a check reads.
 */
export function isNoArea(core: Core, facts: StoreFacts): (range: Range) => boolean {
  const chunkBytes = facts.chunkSize * 512;
  const stride = Number(core.area_location(1n, facts.exceptionsPerArea)) * chunkBytes - chunkBytes;
  return ({ offset }) => {
    const within = (offset - chunkBytes) % stride;
    return within < 0 || within >= chunkBytes;
  };
}
