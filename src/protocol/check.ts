/** What the caller asks of a check. */
export interface CheckOptions {
  /** Sectors in the table line, 0 = none given; null: what LVM would give (TableChunkFrom). */
  tableChunk: number | null;
  /** The chunk size in the volume group's metadata, in sectors; left out where there are none. */
  lvmChunk?: number;
  originSectors: bigint | null;
  /** Logical block size of both devices, in bytes. */
  blockSize: number;
  kernel: string;
}

export const DEFAULT_OPTIONS: CheckOptions = {
  tableChunk: null,
  originSectors: null,
  blockSize: 512,
  kernel: "modern",
};

/** How far a check has come. */
export interface Progress {
  areas: number;
  exceptions: number;
  /** Bytes read so far, and reads made. */
  bytes: number;
  calls: number;
  /** null where the table is short, cannot be looked ahead in, or does not look right there. */
  ends: TableEnds | null;
}

/**
 * How long a table is, so far as the ends of its areas show: every area of a table that a kernel
 * wrote is full but the last. What lies between was not looked at.
 */
export interface TableEnds {
  areas: number;
  exceptions: number;
}
