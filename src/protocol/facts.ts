import type { CheckOptions } from "./check.ts";
import type { FindingCode, StoreFindingCode } from "./finding.ts";
import type { ChunkSizeFrom, TableChunkFrom } from "./report.ts";

/**
 * What the engine found out about a store: numbers and codes, before any of it is put into words.
 * Sizes are in sectors unless a name says chunks or bytes.
 */
export interface StoreFacts {
  options: CheckOptions;
  bytes: bigint;
  sectors: bigint;
  header: HeaderFields | null;
  /** Whether the header is one that the thread which invalidates a snapshot never writes. */
  saysNeverInvalidated: boolean;
  /** Where the table's chunk size in `activation` is from. */
  tableChunkFrom: TableChunkFrom;
  chunkSize: number;
  chunkSizeFrom: ChunkSizeFrom;
  /** How well other chunk sizes fit, best first; empty where there was no need to ask. */
  chunkSizeRanking: ChunkSizeGuess[];
  exceptionsPerArea: number;
  areasRead: number;
  areasFull: number;
  exceptions: bigint;
  /** By the kernel that was asked about. */
  activation: Activation;
  /** By the same kernel, merging; null where it merges no exception. */
  merge: MergeFacts | null;
  /** By every age of KERNEL_AGES, in its order. */
  ages: { id: string; activation: Activation }[];
  /** What a file that is no store looks like instead; null where nothing is known. */
  looksLike: string | null;
  /** Whether anything but zeros was seen; only looked for where the magic is 0. */
  holdsData: boolean;
  findings: FoundFact[];
  counts: ReadonlyMap<FindingCode, bigint>;
}

/** `looksLike` of a file that is no store and nothing else that is known either. */
export const NOT_KNOWN = "nothing that is known here";

/** One chunk size (sectors) and how well the bytes fit it. */
export interface ChunkSizeGuess {
  sectors: number;
  /** 0 to 1: see src/engine/check/infer-chunk-size.ts for what it weighs. */
  score: number;
  /** Entries of area 0 before its end; how many of them are sane, and in allocation order. */
  entries: number;
  sane: number;
  inOrder: number;
  /** Whether the table ends in area 0, with only zeros behind its end. */
  ended: boolean;
  cleanTail: boolean;
  /** Whether area 1 begins where this chunk size puts it; null if area 0 is not full. */
  nextAreaFits: boolean | null;
  /** Whether chunk 0 holds nothing but a header and exceptions of this store. */
  headerChunkFits: boolean;
  /** Whether the first data chunk begins with data. */
  dataFollows: boolean;
  /** Whether the device ends with the highest chunk that exceptions in chunk 0 name; null: none do. */
  strayFillsDevice: boolean | null;
}

export interface HeaderFields {
  magic: number;
  valid: number;
  version: number;
  chunkSize: number;
}

/** read_header() and persistent_read_metadata(): how far the kernel comes. */
export type HeaderOutcome =
  | "read-areas"
  | "new"
  | "new-no-room"
  | "io-error"
  | "bad-magic"
  | "bad-chunk-size"
  | "bad-version"
  | "invalid"
  | "bad-table"
  | "no-memory"
  | "crash"
  | "no-hash-table"
  | "no-table-chunk"
  | "invalid-refused"
  | "buffer-overrun"
  | "dm-io-bug";

export type ChunkSizeError = "not-power-of-2" | "not-blocks" | "too-high";

/** One activation by one kernel, before it is put into dmesg lines. */
export interface Activation {
  outcome: HeaderOutcome;
  /** The table's chunk size that was asked for, or derived. */
  tableChunk: number;
  /** The same as this kernel took it: before 2.6.32 it was rounded to pages. */
  takenTableChunk: number;
  /** The chunk size in force at the end. */
  chunkSize: number;
  chunkSizeError: ChunkSizeError | null;
  overridesTable: boolean;
  /** Whether both devices are whole blocks; else dm refuses the table after all of this. */
  aligned: boolean;
  /** Only for `read-areas`. */
  areas: AreasOutcome | null;
}

export interface AreasOutcome {
  /** An area beyond the end of the device was called for. */
  ioError: boolean;
  /** dm_consecutive_chunk_count_inc() hits its BUG_ON. */
  runOverflow: boolean;
  sectorsAllocated: bigint;
  metadataSectors: bigint;
}

/** Why snapshot_merge_next_chunks() stops; `unknown` where that cannot be told. */
export type MergeStop =
  | "done"
  | "read-error"
  | "write-error"
  | "not-in-memory"
  | "middle-of-run"
  | "unknown";

/** Merging a store into its origin, from its last exception on (dm-snap.c). */
export interface MergeFacts {
  stop: MergeStop;
  /** Exceptions that are still on the disk then. */
  left: bigint;
  /** The run at which it stops: its first chunk of the origin, of the COW device, its length. */
  run: { old: bigint; new: bigint; chunks: number };
  /** For `not-in-memory` and `middle-of-run`: the chunk of the origin that is not known so … */
  chunk: bigint;
  /** … and for the latter the range in whose middle it lies. */
  range: { first: bigint; last: bigint };
}

/** It comes to the end, or there is nothing to merge. */
export const MERGED_WHOLLY: MergeFacts = {
  stop: "done",
  left: 0n,
  run: { old: 0n, new: 0n, chunks: 0 },
  chunk: 0n,
  range: { first: 0n, last: 0n },
};

/** One finding, in numbers; `expected` and `found` mean what its code says. */
export interface FoundFact {
  code: StoreFindingCode;
  /** Where it lies, in bytes from the start of the image; null for the store as a whole. */
  offset: bigint | null;
  length: number | null;
  chunk: bigint | null;
  area: bigint | null;
  index: number | null;
  expected: bigint;
  found: bigint;
  /** A further number: how many bytes, holes … */
  extra: bigint | null;
}
