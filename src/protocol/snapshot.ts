/** What `cowscope snapshot` says, schema cowscope.snapshot/1: a contract with scripts. */
export interface SnapshotReport {
  schema: "cowscope.snapshot/1";
  bytes: string;
  chunkBytes: number;
  /** Of the whole device, unreadable chunks as zeros. */
  sha256: string;
  /** Chunks that the kernel answers with EIO: [first, last], both included. */
  unreadableChunks: [number, number][];
  unreadableCount: string;
}

/** How far a snapshot has been read, in bytes. */
export interface SnapshotProgress {
  done: number;
  total: number;
}
