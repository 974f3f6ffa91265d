import type { StoreFacts } from "./facts.ts";
import type { Patch } from "./patch.ts";
import type { AdviceStep, AgeOutcome, Report, Verdict } from "./report.ts";

/**
 * How far a repair goes. boot: a right header that marks the snapshot as invalid, so that the
 * machine boots. salvage: a right header that lets the snapshot be read. surgical: that, and a table
 * without what can only be damage.
 */
export const REPAIR_LEVELS = ["boot", "salvage", "surgical"] as const;
export type RepairLevel = (typeof REPAIR_LEVELS)[number];

/** Whether what a repaired store reads may be wrong where nothing says so. */
export type RepairRisk = "none" | "low" | "high";

/** What `cowscope repair` prints, schema cowscope.repair/1. */
export interface RepairPlan {
  schema: "cowscope.repair/1";
  image: { name: string; bytes: string; sectors: string };
  /** What stands on the disk, unchanged. */
  now: { kernel: Report["kernel"]; verdict: Verdict };
  levels: LevelPlan[];
}

export interface LevelPlan {
  level: RepairLevel;
  possible: boolean;
  /** Why it is needed, or why it cannot be. */
  why: string;
  /** This and the next three: "" or null where it is not possible. */
  brings: string;
  loses: string;
  risk: RepairRisk | null;
  /** Why the risk is what it is. */
  riskWhy: string;
  /** What must not be done with the repaired copy; "" where nothing speaks against anything. */
  caution: string;
  /** What is lost in numbers; ranges as [first, last], both included. */
  lost: LostChunks;
  patches: HexPatch[];
  /**
   * A copy is made, what stands there is compared, then it is written. Each is safe by itself and
   * safe to paste: it stops, says why, and leaves the shell open.
   */
  commands: string[];
  /** Makes the copy what it was. */
  undo: string[];
  /** How the copy is read, and how it would go back to where the store is. */
  next: readonly AdviceStep[];
  after: { kernel: Report["kernel"]; ages: AgeOutcome[]; verdict: Verdict } | null;
}

export interface LostChunks {
  /** Origin chunks that had an exception, and have none any more. */
  origin: [string, string][];
  /** Chunks of the COW device that hold data, but nobody knows of which origin chunk. */
  cow: [string, string][];
  /** Whether there are more of either than are listed. */
  more: boolean;
}

/** A patch of a plan: `offset` in bytes, `before` and `after` as lower-case hex. */
export interface HexPatch {
  offset: string;
  before: string;
  after: string;
  /** Where that lies, for a store inside of disks: in order; null where the image is the store. */
  onDisks: OnDisk[] | null;
}

/** A run of bytes of a disk. */
export interface OnDisk {
  image: string;
  /** In bytes. */
  offset: string;
  bytes: number;
}

/** Why a level cannot be. */
export type RepairObstacle =
  /** No store, so nothing that could be put right. */
  | "not-a-store"
  /** An empty device: the kernel makes a snapshot of it. */
  | "empty"
  | "activates"
  | "invalid-already"
  | "header-right"
  | "table-right"
  /** Neither header, table nor layout tell the chunk size. */
  | "no-chunk-size"
  /** The table line is what is refused. */
  | "table-line"
  /** The device does not hold what has to be changed. */
  | "too-short"
  /** More exceptions than are held in memory at once, or more changes than are listed. */
  | "too-large"
  /** Even so the kernel refuses it: `after` says how. */
  | "still-refused";

/** One level in numbers; explain/repair/ puts it into words. */
export interface LevelFacts {
  level: RepairLevel;
  obstacle: RepairObstacle | null;
  /** With what stands there now, in the order of their offsets. */
  patches: Required<Patch>[];
  /** What a check says of the patched store; null where nothing was patched. */
  after: StoreFacts | null;
  table: TableRepair | null;
}

/** What became of the exceptions: how many of each (wasm/repair/slots.ts). */
export interface TableRepair {
  masked: number;
  restored: number;
  reattached: number;
  taken: number;
  leftShared: number;
  droppedHeader: number;
  droppedOld: number;
  droppedNew: number;
  droppedShared: number;
  droppedTwice: number;
  droppedNoRoom: number;
  /** Of the mended table. */
  exceptions: number;
  /** That differ in areas and in chunk 0 behind the header. */
  changedBytes: number;
  lost: LostRanges;
}

export interface LostRanges {
  origin: [bigint, bigint][];
  cow: [bigint, bigint][];
  more: boolean;
}

export interface RepairFacts {
  now: StoreFacts;
  /** Whether the origin may have been written since without the snapshot's knowing. */
  invalidated: Invalidated;
  /** Of the right header, in sectors; null where nothing tells. */
  chunkSize: ProvenChunkSize | null;
  /** Sectors that tell this image from others: of the header, of area 0, of the first data chunk. */
  landmarks: { offset: number; bytes: Uint8Array }[];
  levels: LevelFacts[];
}

/**
 * Whether the kernel invalidated the store: no: the header still says that it did not. flag: its
 * valid is 0. race: the bytes are the race's on invalidation. unknown: nothing tells.
 */
export type Invalidated = "no" | "flag" | "race" | "unknown";

export interface ProvenChunkSize {
  sectors: number;
  /** What proves it; "any": nothing was written yet, so every size reads the same. */
  by: "header" | "table-line" | "table" | "field" | "any";
}
