/** Which of the two devices a place lies on. */
export type LookupDevice = "origin" | "cow";
export type LookupUnit = "byte" | "sector" | "chunk";

/** A place as it is asked for: byte, sector (512 bytes) or chunk `number` of a device, from 0. */
export interface LookupPlace {
  device: LookupDevice;
  unit: LookupUnit;
  number: bigint;
}

/**
 * What lies at a place.
 *
 *   mapped      a chunk of the origin that an exception stands for
 *   not-mapped  a chunk of the origin that none stands for
 *   header      chunk 0 of the COW device
 *   metadata    a metadata area
 *   data        a data chunk that an exception names
 *   unnamed     a data chunk below those still free that no exception names
 *   free        a data chunk that was not handed out yet
 *   tail        behind the last whole chunk of the COW device: no exception can use it
 *   beyond-end  behind the end of the device
 */
export type LookupKind =
  | "mapped"
  | "not-mapped"
  | "header"
  | "metadata"
  | "data"
  | "unnamed"
  | "free"
  | "tail"
  | "beyond-end";

/** What an entry of a metadata area is to the kernel's reader. */
export type EntryState = "exception" | "end-of-table" | "behind-the-end" | "never-read";

/** An exception of the table, and where the place that was asked for lies on both devices by it. */
export interface LookupException {
  /** Counted from 0 through all areas; `area` and `index` are the same, by area. */
  row: string;
  area: string;
  index: string;
  /** As they stand on the disk, in chunks. */
  oldChunk: string;
  newChunk: string;
  /** In bytes. */
  originOffset: string;
  cowOffset: string;
  /** Whether the kernel reads by it, once the table is loaded; null: that could not be told. */
  inForce: boolean | null;
}

/** Where the kernel reads a chunk of the snapshot from: chunk and byte of that device. */
export type SnapshotRead =
  | { from: "cow" | "origin"; chunk: string; offset: string }
  /** EIO. */
  | { from: "error" };

/** Why nothing is said of what the kernel reads. */
export type NoRead = "not-activated" | "other-chunk-size" | "tangled" | "beyond-origin";

/** What `cowscope lookup --json` prints (schema `cowscope.lookup/1`). Big numbers are decimal strings. */
export interface LookupReport {
  schema: "cowscope.lookup/1";
  image: string;
  /** As it was asked about. */
  kernel: string;
  chunkBytes: number;
  asked: { device: LookupDevice; unit: LookupUnit; number: string };
  kind: LookupKind;
  /** The place: its chunk, its first byte on the device, the same within the chunk. */
  chunk: string;
  offset: string;
  within: string;
  /** The field of the header or of an exception that the byte belongs to; null: none, or no byte was asked for. */
  field: string | null;
  /** For `metadata`; `index` and `entry` only where a byte or a sector (its first entry) was asked for. */
  area: string | null;
  index: string | null;
  entry: EntryState | null;
  /** In table order, at most 64. */
  exceptions: LookupException[];
  exceptionCount: string;
  /** For a place of the origin: what the snapshot device reads there. null: see `noRead`. */
  reads: SnapshotRead | null;
  noRead: NoRead | null;
  /** All of it in sentences. */
  message: string;
}

/**
 * What damage costs a chunk of the origin.
 *
 *   unreadable  the kernel answers EIO
 *   bookkeeping the snapshot reads the store's own header or metadata there
 *   doubtful    its exception acts for more chunks than one (bits 56-63 of new_chunk), shares its
 *               data chunk with another, or is one of several for the same chunk
 *   lost        its exception stands behind the end of the table: the snapshot reads the origin as it is now
 */
export const DAMAGE_KINDS = ["unreadable", "bookkeeping", "doubtful", "lost"] as const;
export type DamageKind = (typeof DAMAGE_KINDS)[number];

/** Damage of one kind: bytes of the origin, ascending, none twice. */
export interface DamagedBytes {
  kind: DamageKind;
  chunks: string;
  bytes: string;
  /** First byte and length. */
  ranges: { offset: string; length: string }[];
}

/** What `cowscope lookup --damage --json` prints (schema `cowscope.damage/1`). */
export interface DamageReport {
  schema: "cowscope.damage/1";
  image: string;
  kernel: string;
  chunkBytes: number;
  /** Whether this kernel activates the store; what it would read is told in any case. */
  activates: boolean;
  /** Only kinds that were found. */
  damage: DamagedBytes[];
  /** Whether there may be more than is listed. */
  more: boolean;
}
