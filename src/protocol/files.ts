/** What is in a file system, schema cowscope.files/1 (docs/files.md). Offsets and lengths are in bytes. */

export type FileSystemKind = "ext2" | "ext3" | "ext4" | "xfs";

/** What its superblock says. */
export interface FileSystemFacts {
  kind: FileSystemKind;
  /** As `FileEntry.path` has names; "" for none. */
  label: string;
  uuid: string;
  blockBytes: number;
  bytes: string;
  /** Sentences: what a mount would do that is not done here. */
  notes: string[];
}

export type FileType =
  | "file"
  | "directory"
  | "symlink"
  | "fifo"
  | "socket"
  | "block"
  | "character"
  | "unknown";

/**
 * whole: no known damage lies in it. touched: some does, but all of it can be made out. unknown: what
 * says what it is cannot be read, or makes no sense.
 */
export type FileState = "whole" | "touched" | "unknown";

/** Where damage meets a file: its entry in a directory, its inode, its block map, or its content. */
export type FilePart = "name" | "inode" | "map" | "data";

/** Why bytes of the snapshot device are damaged. */
export type DamageWhy =
  /** The kernel answers them with EIO, or the files given do not hold them. */
  | "unreadable"
  /** Their exception is damaged or contradicts another: they may not be what they were. */
  | "doubtful"
  /** Their exception is not in the table any more: they read as the origin is now. */
  | "lost";

/** A run of the snapshot device. */
export interface DamagedRange {
  offset: number;
  length: number;
  why: DamageWhy;
}

export interface FileDamage {
  part: FilePart;
  why: DamageWhy | "invalid";
  /** For `data`: where in the file; else where on the snapshot device. null: not known. */
  offset: string | null;
  bytes: string | null;
}

export interface FileEntry {
  /**
   * From the root, "/docs/a.txt". Bytes that are no UTF-8 are U+DC80 to U+DCFF, a byte each (as
   * Python's surrogateescape), so that no two names look alike.
   */
  path: string;
  /** Decimal. `<12>` names inode 12 where a path is asked for, as in debugfs. */
  inode: string;
  type: FileType;
  /** This and what follows down to `mtime`: null where the inode cannot be read. Octal, "0644". */
  mode: string | null;
  size: string | null;
  uid: number | null;
  gid: number | null;
  links: number | null;
  /** Seconds since 1970 with nine decimals. */
  mtime: string | null;
  /** Of a symlink; null for all others, and where it cannot be read. */
  target: string | null;
  state: FileState;
  /** At most 64, in the order in which they are met; `moreDamage`: there are more. */
  damage: FileDamage[];
  moreDamage: boolean;
}

/** What is wrong on the way: a directory that cannot be read, an entry that makes no sense. */
export interface FilesProblem {
  code:
    | "directory.unreadable"
    | "directory.invalid"
    | "directory.cycle"
    | "entry.invalid"
    | "too-much";
  path: string;
  message: string;
}

/** How many of each state. */
export type StateCounts = Record<FileState, number>;

/** Names the files of one snapshot to the worker that holds them. */
export type FilesHandle = bigint;

/** The files of a snapshot, as the page looks through them. */
export interface OpenedFiles {
  handle: FilesHandle;
  fileSystem: FileSystemFacts;
}

/** One directory. */
export interface FileList {
  path: string;
  /** Sorted by name, at most MOST_LISTED_FILES; `more`: there are more. */
  files: FileEntry[];
  more: boolean;
  /** At most MOST_FILE_PROBLEMS; `moreProblems`: there are more. */
  problems: FilesProblem[];
  moreProblems: boolean;
}
export const MOST_LISTED_FILES = 10_000;
export const MOST_FILE_PROBLEMS = 100;

/** The content of one file. */
export interface ReadFile {
  blob: Blob;
  /** How many bytes of it are zeros because they cannot be read. */
  missing: number;
}
/** The page puts no larger file together. */
export const MOST_SAVED_BYTES = 2 ** 30;
