import type { HeaderFields } from "./facts.ts";

/** How an origin chunk stands in two stores. */
export type DiffKind = "same" | "different" | "left_only" | "right_only";

/** Origin chunks from `begin` on that stand alike in both stores. Chunks, as decimal strings. */
export interface DiffRun {
  kind: DiffKind;
  begin: string;
  length: string;
}

/** What `cowscope diff --json` prints (schema `cowscope.diff/1`). */
export interface DiffReport {
  schema: "cowscope.diff/1";
  left: DiffSide;
  right: DiffSide;
  /** Header fields that differ, and the size of the devices. */
  header: { field: string; left: string; right: string }[];
  /** Chunks of each kind, as decimal strings. */
  chunks: Record<DiffKind, string>;
  /** Ascending; empty where the chunk sizes differ: then no chunk of one is a chunk of the other. */
  runs: DiffRun[];
  /** Runs beyond the most that are listed. */
  unlisted: string;
  /**
   * One table is the beginning of the other, as a merge leaves it, which takes exceptions from the
   * end (persistent_commit_merge()), or as time leaves it, which adds them there. Null: neither.
   */
  beginning: { side: "left" | "right"; exceptions: string; of: string } | null;
  /** Whether nothing at all differs: header, size, and what every origin chunk is mapped to. */
  same: boolean;
}

export interface DiffSide {
  name: string;
  bytes: string;
  header: HeaderFields;
  chunkSize: number;
  exceptions: string;
  /** Exceptions for an origin chunk that has one already. */
  duplicates: string;
}
