import type { StoreReader } from "../../client/held-store.ts";
import { TILE_CELLS } from "../../protocol/map.ts";

/** Tiles kept: 16 KiB each. */
const KEPT_TILES = 512;

/** The bytes of cells, fetched a tile at a time; the last tiles used are kept. */
export class CellTiles {
  readonly #tiles = new Map<string, Uint8Array>();
  readonly #asked = new Set<string>();

  /** @param onArrival is called whenever a tile has come. */
  constructor(
    private readonly reader: Pick<StoreReader, "map">,
    private readonly onArrival: () => void,
  ) {}

  /** The tile that begins with cell `tile` × TILE_CELLS; null while it is fetched. */
  tile(level: number, tile: number): Uint8Array | null {
    const key = `${level} ${tile}`;
    const cells = this.#tiles.get(key);
    if (cells === undefined) {
      void this.#fetch(key, level, tile);
      return null;
    }
    // Used last, so dropped last.
    this.#tiles.delete(key);
    this.#tiles.set(key, cells);
    return cells;
  }

  async #fetch(key: string, level: number, tile: number): Promise<void> {
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    const ask = { level, first: tile * TILE_CELLS, count: TILE_CELLS };
    const result = await this.reader.map("cells", ask);
    this.#asked.delete(key);
    if (!result.ok) return;
    this.#tiles.set(key, result.value);
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= KEPT_TILES) break;
      this.#tiles.delete(oldest);
    }
    this.onArrival();
  }
}
