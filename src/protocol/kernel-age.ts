import type { ReleaseRange } from "./kernel-release.ts";

/**
 * dm_insert_exception() in dm-snap.c: where in its list an exception goes.
 *
 *   unsorted           at the head, and never glued to a run (before d74f81f8, 2.6.25)
 *   backwards          ordered by old_chunk, the list walked from its end
 *   forwards           ordered by old_chunk, walked from its front (f79ae415, 5.2)
 *   forwards-or-head   the same walk, but to the head where no entry is greater (8581b19e, 6.19)
 */
export type Insertion = "unsorted" | "backwards" | "forwards" | "forwards-or-head";

/** One kernel that was asked what it does with a store, and how. */
export interface AskedKernel {
  /** As it is called: `2.6.18-194.el5`, `6.1.192`. */
  release: string;
  /** Booted in a virtual machine, or its own unchanged driver code run on the bytes. */
  how: "booted" | "own code";
}

/**
 * Kernels that do the same with the same bytes. Every property that tells two ages apart is a
 * column here, so that nothing else needs to know which kernel it is about.
 */
export interface KernelAge extends KernelColumns {
  /** A stable name: a release that belongs to it, a distribution's, or `modern`, the newest. */
  id: string;
  releases: readonly ReleaseRange[];
  /** Kernels of this age that were asked; empty where it was only read in the source. */
  asked: readonly AskedKernel[];
}

export interface KernelColumns {
  /** snapshot_ctr() refuses a table line without a chunk size (until 4c7e3bf4, 2.6.19). */
  needsTableChunk: boolean;
  /** set_chunk_size() silently rounds the table's size up to a page (until c1cc65ca, 2.6.32). */
  roundsTableToPage: boolean;
  /** ti->error for a chunk size in the table that cannot be used; null: what is wrong with it. */
  badTableError: string | null;
  /** init_hash_tables() without a lower limit: -ENOMEM on a device below one table chunk. */
  hashTableNeedsChunk: boolean;
  /**
   * What read_metadata() returns is not heeded, by snapshot_resume() (until aa14edeb, 2.6.16) or
   * snapshot_ctr(): a failure leaves a device that is Invalid ("fix metadata error handling", 2.6.19).
   */
  ignoresFailedRead: boolean;
  /**
   * What read_header() does with a chunk size that differs from the table's: checks it (ae0b7448,
   * 2.6.31), takes it as it is, or goes on with buffers of the table's size (before "unify
   * chunk_size", 2.6.18, 2.6.17.12 and 2.6.16.37).
   */
  headerChunkSize: "checked" | "taken" | "unbuffered";
  /** sectors_to_pages() rounds down (until 92436262, 2.6.26). */
  roundsPagesDown: boolean;
  /** The I/O pool: one for all of dm-io (until 891ce207, 2.6.22), of each client, or none (3.0). */
  ioPool: "shared" | "own" | null;
  /** What kmalloc() gives at most, in bytes, for the pool's pointers. */
  mostKmalloc: number;
  /** persistent_read_metadata() looks at `valid` before `version`, and refuses valid = 0. */
  refusesInvalid: boolean;
  /** ps->next_free, in bits. */
  nextFreeBits: 32 | 64;
  /** read_exceptions() moves next_free past a metadata chunk (e9c6a182, 3.12). */
  skipsMetadata: boolean;
  insertion: Insertion;
  /** calc_max_buckets(): 2 MiB of list heads. */
  mostBuckets: number;
  /** BUG_ON in dm_consecutive_chunk_count_inc(); null where nothing is glued. */
  runOverflowBug: string | null;

  /** What stands before a line of dm-snap-persistent.c (or of dm-exception-store.c). */
  storePrefix: string;
  /** What stands before a line of dm-snap.c. */
  snapshotPrefix: string;
  badMagicText: string;
  invalidText: string;
  zeroAreaText: string;
  /** dm_table_add_target() names device and target (72d94861, 2.6.18). */
  tableLineNames: boolean;
  /** dm_table_add_target() appends the errno ("dm: log table creation error code", 5.16). */
  tableLineHasErrno: boolean;
  /** snapshot_status() gives the metadata sectors, too (985903bb, 2.6.33). */
  statusHasMetadata: boolean;
  /** Whether it has the snapshot-merge target (1e03f97e, 2.6.33). */
  hasMergeTarget: boolean;
  /** What it can do to a store while it writes, in words; null where nothing is known. */
  harm: string | null;
}
