import type { StoreReader } from "../../client/held-store.ts";
import type { MapRun } from "../../protocol/map.ts";

const PAGE_RUNS = 512;
const KEPT_PAGES = 64;

/** The runs of the map by number, fetched a page at a time; the last pages used are kept. */
export class RunPages {
  readonly #pages = new Map<number, MapRun[]>();
  readonly #asked = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #arrivals = 0;

  constructor(private readonly reader: Pick<StoreReader, "map">) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes whenever a page has come. */
  readonly arrivals = (): number => this.#arrivals;

  /** The run if it is here; null while it is fetched. */
  run(run: number): MapRun | null {
    const number = Math.floor(run / PAGE_RUNS);
    const page = this.#pages.get(number);
    if (page === undefined) {
      void this.#fetch(number);
      return null;
    }
    return page[run - number * PAGE_RUNS] ?? null;
  }

  async #fetch(number: number): Promise<void> {
    if (this.#asked.has(number)) return;
    this.#asked.add(number);
    const ask = { first: number * PAGE_RUNS, count: PAGE_RUNS };
    const result = await this.reader.map("runs", ask);
    this.#asked.delete(number);
    if (!result.ok) return;
    const [oldest] = this.#pages.keys();
    if (oldest !== undefined && this.#pages.size >= KEPT_PAGES) this.#pages.delete(oldest);
    this.#pages.set(number, result.value);
    this.#arrivals += 1;
    for (const listener of this.#listeners) listener();
  }
}
