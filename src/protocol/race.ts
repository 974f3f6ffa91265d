/** The race of 61578dcd as data: what may be varied, what was explored, what one schedule does. */

/** I, the invalidating thread; C, the kcopyd callback. */
export type RaceThread = "I" | "C";

export interface RaceParams {
  /** Before or after 61578dcd gave the header a buffer of its own. */
  fix: "before" | "after";
  /** Width of a store: 8 bytes on 64-bit machines. */
  storeBytes: 4 | 8;
  /** Whether the device takes a chunk at once, or word by word. */
  ioCopy: "atomic" | "words";
  /** current_committed at the start. */
  index: number;
  entriesPerArea: number;
  /** How many copies finish, and how many stay pending after them. */
  copies: number;
  pendingAfter: number;
  /** Sectors. */
  chunkSize: number;
  /** [old_chunk, new_chunk] of each copy. */
  exceptions: readonly ChunkPair[];
  /** What area 0 holds first, where index > 0. */
  entry0: ChunkPair;
}

/** [old_chunk, new_chunk] */
export type ChunkPair = readonly [bigint, bigint];

/** Past these a model is refused with a problem, so that no input can hang or fill the memory. */
export const RACE_LIMITS = {
  copies: 240,
  /** Of the largest legal chunk, INT_MAX >> 9 sectors, rounded up to the power of two. */
  entriesPerArea: 2 ** 27,
  /** pending_count is an atomic_t. */
  pendingAfter: 2 ** 31 - 1,
  /** A replay holds real buffers: chunks of up to 1 MiB. */
  replayEntriesPerArea: 65_536,
  /** Merged states of one exploration (wasm/race/graph.ts refuses to go on past them). */
  states: 2 ** 20,
} as const;

/** In the core's order: the first that matches is the one. */
export const HEADER_ENDINGS = [
  "new-snapshot",
  "corrupt-magic",
  "zero-chunk-size",
  "wrong-chunk-size",
  "wrong-version",
  "still-valid",
  "invalidated",
] as const;
export type HeaderEnding = (typeof HEADER_ENDINGS)[number];

export const AREAS_ENDINGS = ["header-in-area", "exceptions-lost", "kept"] as const;
export type AreasEnding = (typeof AREAS_ENDINGS)[number];

/**
 * What a schedule can leave in chunk 0 that no verdict tells of: four header words that never stood
 * in the buffer at one time; an exception behind the first 16 bytes.
 */
export const TRACES = ["torn-header", "stray-exception"] as const;
export type Trace = (typeof TRACES)[number];

/** An ending one can ask for: an outcome, a pair "invalidated + kept", or a trace. */
export type RaceEnding = HeaderEnding | AreasEnding | `${HeaderEnding} + ${AreasEnding}` | Trace;

/** magic, valid, version, chunk_size */
export type HeaderWords = readonly [number, number, number, number];

export interface RaceExploration {
  params: RaceParams;
  schedules: bigint;
  /** Merged states that stood for all of them. */
  states: number;
  /** Steps of I, and of C if it writes the area each time. */
  steps: { i: number; c: number };
  /** Counts of schedules; outcomes that none ends in are left out. */
  header: Map<HeaderEnding, bigint>;
  areas: Map<AreasEnding, bigint>;
  both: Map<`${HeaderEnding} + ${AreasEnding}`, bigint>;
  /** Of all schedules, those that leave such a trace. */
  traces: Map<Trace, bigint>;
  /** The distinct final headers, ascending. */
  headers: HeaderWords[];
}

export interface RaceWitness {
  ending: RaceEnding;
  /** One letter a step. */
  schedule: string;
  /** How often the running thread changes. */
  switches: number;
}

/** One node of the progress graph: i steps of I and c of C done. Counts of schedules. */
export interface ProgressNode {
  i: number;
  c: number;
  through: bigint;
  /** Of them, those that end as asked. */
  ending: bigint;
  /** Of them, those whose ending the step of I, of C, from here makes certain. */
  sealedByI: bigint;
  sealedByC: bigint;
  /** Schedules for which that step makes it impossible. */
  avertedByI: bigint;
  avertedByC: bigint;
}

export interface RaceProgress {
  ending: RaceEnding;
  steps: { i: number; c: number };
  /** c by c, within a c i by i: node (i, c) is nodes[c × (steps.i + 1) + i]. */
  nodes: ProgressNode[];
}

/** How the future of one schedule narrows: one entry before the first step and after each. */
export interface RaceFate {
  ending: RaceEnding;
  /** Ways to go on, and those of them that end as asked. */
  points: { ways: bigint; ending: bigint }[];
  /** Steps taken when the ending was certain or impossible, 0: from the start; null: not yet. */
  decidedBy: number | null;
}

export type RaceStepId = `I${1 | 2 | 3 | 4 | 5 | 6 | 7}` | `C${1 | 2 | 3 | 4 | 5 | 6 | 7}`;
export type RaceOp = "invalidate" | "memset" | "store" | "copy" | "pending" | "read-valid";

/** A buffer in memory or a chunk of the COW device. */
export interface RacePlace {
  kind: "buffer" | "chunk";
  /** The kernel's name of a buffer; "header" or "area 0" … of a chunk. */
  name: string;
  /** Which metadata area a chunk belongs to, null for the others. */
  area: number | null;
}

/** What a step is, before it has run. */
export interface RaceNextStep {
  thread: RaceThread;
  id: RaceStepId;
  op: RaceOp;
  /** The kernel function it belongs to. */
  fn: string;
  /** Which copy's callback, for C. */
  copy: number;
  /** Index into `places`, and the bytes written there; length 0: none. */
  place: number;
  offset: number;
  length: number;
  /** For "copy": the buffer it copies from. */
  from: number | null;
  /** For "store". */
  value: bigint | null;
}

/** A step that has run. */
export interface RaceStep extends RaceNextStep {
  /** From 1. */
  number: number;
  /** For "read-valid": what it read. */
  readValid: boolean | null;
}

/** One 4-byte word that the replay keeps track of. */
export interface RaceCell {
  place: number;
  offset: number;
  /** The entry it lies in. */
  entry: number;
}

/** The machine after a number of steps. */
export interface RaceFrame {
  valid: boolean;
  pending: number;
  currentArea: number;
  currentCommitted: number;
  /** If the machine rebooted now. */
  header: HeaderEnding;
  areas: AreasEnding;
}

/**
 * One schedule, step by step; everything a page needs to scrub through it without asking again.
 * Cell k after n steps is at n × cells.length + k of `values`, `writers` and `sources`.
 */
export interface RaceReplay {
  params: RaceParams;
  /** What really ran: one letter a step. */
  schedule: string;
  steps: RaceStep[];
  /** What each thread would do next, null at its end. */
  next: Record<RaceThread, RaceNextStep | null>;
  places: RacePlace[];
  cells: RaceCell[];
  /** frames[n]: after n steps. */
  frames: RaceFrame[];
  values: Uint32Array<ArrayBuffer>;
  /** The step that wrote the word last, 0 = as it was at the start. */
  writers: Uint16Array<ArrayBuffer>;
  /** The step that made the value: for a chunk, the one that put it in the buffer copied. */
  sources: Uint16Array<ArrayBuffer>;
}

/** A chunk as a schedule leaves it behind. */
export interface LeftChunk {
  chunk: bigint;
  bytes: Uint8Array<ArrayBuffer>;
  what: "header" | "area";
  area: number | null;
}

/** Where a search backwards starts: 16 bytes found in chunk 0, and what is known of the store. */
export interface BackwardsQuestion {
  header: HeaderWords;
  /** The store's true chunk size, in sectors. */
  chunkSize: number;
  /** Whole chunks of the COW device and of the origin, null if unknown. */
  cowChunks: bigint | null;
  originChunks: bigint | null;
}

/** How C met the header: which of its writes fall on the first 16 bytes of the buffer. */
export const BACKWARDS_SHAPES = [
  "elsewhere",
  "first-entry",
  "area-fills",
  "area-fills-then-first-entry",
  "first-entry-then-area-fills",
  "first-entry-area-fills-first-entry",
] as const;
export type BackwardsShape = (typeof BACKWARDS_SHAPES)[number];

/** Half of a chunk number, null where the bytes do not tell. */
export interface HalfKnown {
  low: number | null;
  high: number | null;
}

/** Why a kernel could not have had such an exception, though the steps allow it. */
export type BackwardsDoubt =
  | "new-chunk-is-header"
  | "new-chunk-is-metadata"
  | "new-chunk-beyond-device"
  | "old-chunk-beyond-origin";

/** One way these bytes can have come about. */
export interface BackwardsSolution {
  shape: BackwardsShape;
  /** What is known of the exceptions that were stored at index 0, in their order. */
  exceptions: { old: HalfKnown; new: HalfKnown }[];
  doubts: BackwardsDoubt[];
  /** For each store width and copy mode that allows it, the schedule with the fewest switches. */
  modes: { params: RaceParams; schedule: string; switches: number }[];
}

export interface BackwardsAnswer {
  /** Whether these are the bytes that the invalidation means to write. */
  intended: boolean;
  /** Whether these are the bytes of a store in use: the header as it was written when it was made. */
  inUse: boolean;
  /** Those without doubts first, then those with the fewest switches. Empty: no schedule of the model leaves these bytes. */
  solutions: BackwardsSolution[];
  /** How many schedules stood for the search. */
  searched: bigint;
}

/** Where the race would start on a store that is open: its last metadata area. */
export interface RaceStart {
  /** Sectors. */
  chunkSize: number;
  entriesPerArea: number;
  /** The area that the next exception goes to; the model calls it area 0. */
  area: number;
  /** What that area holds: as many as `index`. */
  entries: ChunkPair[];
  /** The chunk that prepare_exception() would hand out next. */
  nextFree: bigint;
}

/** The model's parameters on an open store; the old chunks of the copies are invented. */
export function paramsOn(
  start: RaceStart,
  vary: Pick<RaceParams, "fix" | "storeBytes" | "ioCopy" | "copies" | "pendingAfter">,
): RaceParams {
  const { chunkSize, entriesPerArea, entries } = start;
  const unused = entries.reduce(
    (most, [oldChunk]) => (oldChunk >= most ? oldChunk + 1n : most),
    7n,
  );
  let free = start.nextFree;
  const exceptions = Array.from({ length: vary.copies }, (_, copy): ChunkPair => {
    const newChunk = free;
    free += 1n;
    if (free % BigInt(entriesPerArea + 1) === 1n) free += 1n;
    return [unused + BigInt(copy), newChunk];
  });
  const entry0 = entries[0] ?? ([3n, 2n] as const);
  return { ...vary, index: entries.length, entriesPerArea, chunkSize, exceptions, entry0 };
}
