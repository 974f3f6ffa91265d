import type { StoreFacts } from "../../protocol/facts.ts";
import {
  CELL_FOUND,
  CHUNK_KINDS,
  type ChunkKind,
  type HistoryGrid,
  type HistoryWindow,
  type KindCounts,
  type MapCell,
  type MapChunk,
  type MapQuestions,
  type MapRun,
  type StoreFill,
  type StoreMap,
  TILE_CELLS,
} from "../../protocol/map.ts";
import { type Core, getBytes, rowOf } from "../core.ts";
import { copyRows } from "../read/kept-rows.ts";
import { cellsFound } from "./cells-found.ts";

/** Exceptions of one chunk that are told one by one. */
const MOST_NAMES = 8;
/** Runs copied at a time: three u64 each. */
const MOST_RUNS = 2048;
const RUN_BYTES = 24;

/** The map of a store whose rows are kept; made by `makeStoreMap`. */
export class MapReader {
  readonly map: StoreMap;

  constructor(
    private readonly core: Core,
    facts: StoreFacts,
  ) {
    this.map = summary(core, facts, this.count(core.get_map_top_level(), 0));
  }

  /** A byte a cell: see CELL_KIND. */
  cells({ level, first, count }: MapQuestions["cells"]["ask"]): Uint8Array<ArrayBuffer> {
    const { core, map } = this;
    const window = core.window_pointer(TILE_CELLS);
    const some = Math.min(count, TILE_CELLS);
    const cells = getBytes(core, window, core.map_cells(level, BigInt(first), some, window));
    for (const cell of cellsFound(map.found, level, first, cells.length)) {
      cells[cell - first] = (cells[cell - first] ?? 0) | CELL_FOUND;
    }
    return cells;
  }

  cell({ level, cell }: MapQuestions["cell"]["ask"]): MapCell {
    const first = cell * 2 ** level;
    const end = Math.min(first + 2 ** level, this.map.chunks);
    return { first, chunks: end - first, counts: this.count(level, cell) };
  }

  private count(level: number, cell: number): KindCounts {
    const { core } = this;
    const counts = new BigUint64Array(
      getBytes(core, core.count_cell(level, BigInt(cell)), CHUNK_KINDS.length * 8).buffer,
    );
    const entries = CHUNK_KINDS.map((kind, at) => [kind, Number(counts[at] ?? 0n)]);
    return Object.fromEntries(entries) as KindCounts;
  }

  chunk(chunk: number): MapChunk {
    const { core } = this;
    const [cell = 0] = this.cells({ level: 0, first: chunk, count: 1 });
    const window = core.window_pointer(MOST_NAMES * 4);
    const named = core.rows_naming(BigInt(chunk), window, MOST_NAMES);
    const rows = new Uint32Array(getBytes(core, window, Math.min(named, MOST_NAMES) * 4).buffer);
    const names = [...rows].map((row) => ({ row, old: copyRows(core, row, 1)[0] ?? 0n }));
    return { kind: rowOf(CHUNK_KINDS, cell & 0x0f), area: this.areaAt(chunk), names, named };
  }

  private areaAt(chunk: number): number | null {
    const perArea = this.core.get_per_area();
    if (perArea === 0 || chunk === 0) return null;
    const area = Math.floor((chunk - 1) / (perArea + 1));
    return this.core.area_location(BigInt(area), perArea) === BigInt(chunk) ? area : null;
  }

  runCount(): number {
    return this.core.count_runs();
  }

  runs({ first, count }: MapQuestions["runs"]["ask"]): MapRun[] {
    const { core } = this;
    const some = Math.min(count, MOST_RUNS);
    const window = core.window_pointer(some * RUN_BYTES);
    const bytes = getBytes(core, window, core.copy_runs(first, some, window) * RUN_BYTES);
    const words = new BigUint64Array(bytes.buffer);
    return Array.from({ length: words.length / 3 }, (_, run) => ({
      first: Number(words[run * 3]),
      chunks: Number(words[run * 3 + 1]),
      kind: rowOf(CHUNK_KINDS, Number(words[run * 3 + 2])) as ChunkKind,
    }));
  }

  history(asked: HistoryWindow): HistoryGrid {
    const { core, map } = this;
    const { first, end, columns, lines } = asked;
    const bytes = columns * lines * 4;
    if (bytes > core.WINDOW_BYTES.value) throw new Error("a grid longer than the core's window");
    const window = core.window_pointer(bytes);
    const above = core.history_grid(first, end, map.oldEnd, columns, lines, window);
    return { counts: new Uint32Array(getBytes(core, window, bytes).buffer), above };
  }

  historyRow(asked: MapQuestions["historyRow"]["ask"]): number | null {
    const { first, end, oldFirst, oldEnd } = asked;
    const row = this.core.history_row(first, end, oldFirst, oldEnd);
    return row === end ? null : row;
  }
}

/** @returns null where the table is not kept, or the map does not fit into the core's memory. */
export function makeStoreMap(core: Core, facts: StoreFacts): MapReader | null {
  if (!core.get_rows_kept() || !core.make_map(facts.areasRead)) return null;
  return new MapReader(core, facts);
}

function summary(core: Core, facts: StoreFacts, counts: KindCounts): StoreMap {
  const chunks = Number(core.get_map_chunks());
  const found = new Set<number>();
  for (const { chunk } of facts.findings) {
    if (chunk !== null && chunk < BigInt(chunks)) found.add(Number(chunk));
  }
  const onDevice = core.get_cow_chunks();
  return {
    chunks,
    chunkBytes: facts.chunkSize * 512,
    undrawn: onDevice > BigInt(chunks) ? onDevice - BigInt(chunks) : 0n,
    counts,
    topLevel: core.get_map_top_level(),
    outside: Number(core.get_map_outside()),
    found: [...found].sort((a, b) => a - b),
    fill: fillOf(core, facts),
    oldEnd: core.history_old_end(),
  };
}

/** By the kernel that was asked about, where it gives a status with numbers. */
function fillOf(core: Core, { activation, sectors, chunkSize }: StoreFacts): StoreFill | null {
  const { areas, aligned } = activation;
  if (!areas || areas.ioError || areas.runOverflow || !aligned) return null;
  const { sectorsAllocated: allocated, metadataSectors: metadata } = areas;
  const room = Number(core.room_left(allocated / BigInt(chunkSize)));
  return { allocated, total: sectors, metadata, room };
}
