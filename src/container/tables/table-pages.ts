import type { BlockSource, Range } from "../../source/block-source.ts";

export const PAGE_BYTES = 4096;
/** 4 MiB: the tables for 32 GiB of a disk in clusters of 64 KiB. */
const PAGES_KEPT = 1024;

/**
 * The tables of a file, read a page at a time when an entry is asked for; the pages not asked for
 * the longest time go first.
 */
export class TablePages {
  private readonly kept = new Map<number, DataView>();

  constructor(private readonly source: BlockSource) {}

  /** Page `number`; undefined if it was not loaded. Short where the file ends. */
  page(number: number): DataView | undefined {
    return this.kept.get(number);
  }

  /** Makes sure of these pages, which lie inside the file. @throws SourceError */
  async load(pages: ReadonlySet<number>): Promise<void> {
    const ranges = this.missing(pages);
    if (ranges.length > 0) this.keep(ranges, await this.source.read(ranges), pages.size);
  }

  /** @throws SourceError */
  loadNow(pages: ReadonlySet<number>): void {
    const ranges = this.missing(pages);
    if (ranges.length === 0) return;
    const bytes = new Uint8Array(ranges.reduce((sum, { length }) => sum + length, 0));
    this.source.readNow?.(ranges, bytes);
    this.keep(ranges, bytes, pages.size);
  }

  private missing(pages: ReadonlySet<number>): Range[] {
    const ranges: Range[] = [];
    for (const number of pages) {
      const page = this.kept.get(number);
      if (page) {
        this.kept.delete(number);
        this.kept.set(number, page);
        continue;
      }
      const offset = number * PAGE_BYTES;
      ranges.push({ offset, length: Math.min(PAGE_BYTES, this.source.size - offset) });
    }
    return ranges;
  }

  /** @param needed as many of the newest pages as must stay. */
  private keep(ranges: readonly Range[], bytes: Uint8Array, needed: number): void {
    let at = 0;
    for (const { offset, length } of ranges) {
      // A copy each: a page that stays must not keep all that was read with it.
      const page = bytes.slice(at, at + length);
      this.kept.set(offset / PAGE_BYTES, new DataView(page.buffer, page.byteOffset, length));
      at += length;
    }
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= Math.max(PAGES_KEPT, needed)) break;
      this.kept.delete(oldest);
    }
  }
}
