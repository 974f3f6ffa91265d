import type { StoreReader } from "../../client/held-store.ts";

const PAGE_ROWS = 512;
const KEPT_PAGES = 64;

/** One exception of the table. */
export interface ExceptionRow {
  old: bigint;
  new: bigint;
}

/** The rows of the exception table, fetched a page at a time; the last pages used are kept. */
export class RowPages {
  readonly #reader: Pick<StoreReader, "rows">;
  readonly #pages = new Map<number, BigUint64Array>();
  readonly #asked = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #arrivals = 0;

  constructor(reader: Pick<StoreReader, "rows">) {
    this.#reader = reader;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes whenever a page has come. */
  readonly arrivals = (): number => this.#arrivals;

  /** The row if it is here; null while it is fetched. */
  row(row: number): ExceptionRow | null {
    const number = Math.floor(row / PAGE_ROWS);
    const page = this.#pages.get(number);
    if (page === undefined) {
      void this.#fetch(number);
      return null;
    }
    // Used last, so dropped last.
    this.#pages.delete(number);
    this.#pages.set(number, page);
    const at = (row - number * PAGE_ROWS) * 2;
    return { old: page[at] ?? 0n, new: page[at + 1] ?? 0n };
  }

  async #fetch(number: number): Promise<void> {
    if (this.#asked.has(number)) return;
    this.#asked.add(number);
    const result = await this.#reader.rows(number * PAGE_ROWS, PAGE_ROWS);
    this.#asked.delete(number);
    if (!result.ok) return;
    this.#pages.set(number, result.value);
    this.#dropOldest();
    this.#arrivals += 1;
    for (const listener of this.#listeners) listener();
  }

  #dropOldest(): void {
    for (const number of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_PAGES) return;
      this.#pages.delete(number);
    }
  }
}
