/** What the caller asks of a check. */
export interface CheckOptions {
  /** Sectors in the table line, 0 = none given; null: the header's own if the kernel accepts it, else 0. */
  tableChunk: number | null;
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
}
