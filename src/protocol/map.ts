/**
 * The map of a COW device: what each chunk is, in levels of detail. A cell of level l is 2^l chunks,
 * the last one perhaps fewer. Chunks of the map are numbers (it has at most 2^36); those that
 * exceptions name are u64.
 */
export const CHUNK_KINDS = [
  "header",
  "metadata",
  "data",
  "crossed",
  "lost",
  "free",
  "beyond",
] as const;
export type ChunkKind = (typeof CHUNK_KINDS)[number];

/** How many chunks there are of each. */
export type KindCounts = Record<ChunkKind, number>;

/** A cell's byte: the number of the kind that most of its chunks are of, and these two bits. */
export const CELL_KIND = 0x0f;
/** One of its chunks is crossed. */
export const CELL_CROSSED = 0x40;
/** A finding lies in one of its chunks. */
export const CELL_FOUND = 0x80;

/** Cells asked for at a time. */
export const TILE_CELLS = 1 << 14;

export interface StoreMap {
  /** Chunks that are drawn, the last of them perhaps beyond the device. */
  chunks: number;
  chunkBytes: number;
  /** Chunks of a device too long to be drawn whole. */
  undrawn: bigint;
  counts: KindCounts;
  /** The level of which one cell is the whole map. */
  topLevel: number;
  /** Exceptions whose new_chunk lies behind the map. */
  outside: number;
  /** The chunks that findings lie in, ascending. */
  found: number[];
  /** null: no activation gives a status with numbers. */
  fill: StoreFill | null;
  /** Where the axis of old_chunk ends, in chunks of the origin. */
  oldEnd: bigint;
}

/** persistent_usage() in sectors, and what it leaves. */
export interface StoreFill {
  allocated: bigint;
  total: bigint;
  metadata: bigint;
  /** Exceptions until one overflows the store. */
  room: number;
}

/** An exception that names a chunk. */
export interface ChunkName {
  row: number;
  old: bigint;
}

export interface MapChunk {
  kind: ChunkKind;
  /** Which metadata area has its place here; null: none. */
  area: number | null;
  /** The first exceptions that name it, and how many do. */
  names: ChunkName[];
  named: number;
}

/** The counts of one cell. */
export interface MapCell {
  first: number;
  chunks: number;
  counts: KindCounts;
}

/** Neighbouring chunks of one kind. */
export interface MapRun {
  first: number;
  chunks: number;
  kind: ChunkKind;
}

/** Rows of the table against old_chunk, counted in a grid. */
export interface HistoryWindow {
  first: number;
  end: number;
  columns: number;
  lines: number;
}

export interface HistoryGrid {
  /** Rows in each cell, line by line; the first line has the lowest chunks. */
  counts: Uint32Array<ArrayBuffer>;
  /** Rows whose old_chunk lies above the axis. */
  above: number;
}

/** What the map can be asked, of the store that is open. Chunks, cells and rows count from 0. */
export interface MapQuestions {
  map: { ask: null; answer: StoreMap };
  cells: { ask: { level: number; first: number; count: number }; answer: Uint8Array<ArrayBuffer> };
  cell: { ask: { level: number; cell: number }; answer: MapCell };
  chunk: { ask: number; answer: MapChunk };
  /** How many runs there are; then some of them. */
  runCount: { ask: null; answer: number };
  runs: { ask: { first: number; count: number }; answer: MapRun[] };
  history: { ask: HistoryWindow; answer: HistoryGrid };
  /** The first row of some whose old_chunk lies in a range (half open); null: none. */
  historyRow: {
    ask: { first: number; end: number; oldFirst: bigint; oldEnd: bigint };
    answer: number | null;
  };
}

export type MapTopic = keyof MapQuestions;
/** One question, as it goes to the worker. */
export type MapQuestion = {
  [Topic in MapTopic]: { topic: Topic; ask: MapQuestions[Topic]["ask"] };
}[MapTopic];
