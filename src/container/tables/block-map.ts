import { type BlockSource, isRun, type Range } from "../../source/block-source.ts";
import type { Extent, Mapping } from "../../source/mapping.ts";
import { ExtentList } from "./extent-list.ts";
import { PAGE_BYTES, TablePages } from "./table-pages.ts";

/** A disk in blocks of one size, each with an entry in a table of the file. */
export interface BlockTable {
  /** In bytes, of the disk. */
  readonly size: number;
  readonly path: string;
  /** The file with the table comes first. */
  readonly children: readonly BlockSource[];
  readonly blockBytes: number;
  /** A power of two, at most a page. */
  readonly entryBytes: number;
  /**
   * Where in the file the entry of a block lies, in bytes, a multiple of its own size; null where
   * no table covers it. One that lies nowhere in the file makes the block a hole.
   */
  entryAt(block: number): number | null;
  /**
   * Says where `length` bytes of a block come from, `within` bytes into it.
   * @param entry the page with the block's entry, null where no table covers it.
   * @param at where the entry lies in that page.
   */
  place(
    out: ExtentList,
    block: number,
    within: number,
    length: number,
    entry: DataView | null,
    at: number,
  ): void;
}

export const NO_TABLE = "the table that says where it lies is not in the file";

/** A `BlockTable` as a mapping: fetches the pages of the table that a read needs, no more. */
export class BlockMap implements Mapping {
  readonly size: number;
  readonly path: string;
  readonly children: readonly BlockSource[];
  private readonly pages: TablePages;
  private readonly file: BlockSource;

  constructor(private readonly table: BlockTable) {
    this.size = table.size;
    this.path = table.path;
    this.children = table.children;
    const [file] = table.children;
    if (!file) throw new RangeError("a table lies in a file");
    this.file = file;
    this.pages = new TablePages(file);
  }

  load(ranges: readonly Range[]): Promise<void> {
    return this.pages.load(this.pagesFor(ranges));
  }

  loadNow(ranges: readonly Range[]): void {
    this.pages.loadNow(this.pagesFor(ranges));
  }

  extents(offset: number, length: number): Extent[] {
    const { blockBytes } = this.table;
    const out = new ExtentList();
    const end = offset + length;
    for (let at = offset; at < end; ) {
      const block = Math.floor(at / blockBytes);
      const within = at - block * blockBytes;
      const part = Math.min(blockBytes - within, end - at);
      this.placeBlock(out, block, within, part);
      at += part;
    }
    return out.extents;
  }

  private placeBlock(out: ExtentList, block: number, within: number, length: number): void {
    const entry = this.table.entryAt(block);
    if (entry === null) {
      this.table.place(out, block, within, length, null, 0);
      return;
    }
    const page = this.isInFile(entry) ? this.pages.page(Math.floor(entry / PAGE_BYTES)) : undefined;
    if (page) this.table.place(out, block, within, length, page, entry % PAGE_BYTES);
    else out.hole(NO_TABLE, length);
  }

  private pagesFor(ranges: readonly Range[]): Set<number> {
    const { blockBytes } = this.table;
    const pages = new Set<number>();
    let lastPage = -1;
    for (const { offset, length } of ranges) {
      if (length === 0 || !isRun(offset, length, this.size)) continue;
      const last = Math.floor((offset + length - 1) / blockBytes);
      for (let block = Math.floor(offset / blockBytes); block <= last; block++) {
        const entry = this.table.entryAt(block);
        if (entry === null) continue;
        const page = Math.floor(entry / PAGE_BYTES);
        if (page === lastPage || !this.isInFile(entry)) continue;
        pages.add(page);
        lastPage = page;
      }
    }
    return pages;
  }

  private isInFile(entry: number): boolean {
    const { entryBytes } = this.table;
    return entry % entryBytes === 0 && isRun(entry, entryBytes, this.file.size);
  }
}
