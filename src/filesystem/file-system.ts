import type { FileSystemFacts, FileType } from "../protocol/files.ts";
import type { Range } from "../source/block-source.ts";
import type { Budget } from "./budget.ts";

/** An inode, as it stands. Sizes and offsets are in bytes. */
export interface Inode {
  number: bigint;
  /** Where it lies on the device. */
  at: Range;
  /** What said that it lies there; null: its number alone did. */
  via: Range | null;
  type: FileType;
  /** st_mode, with the type's bits. */
  mode: number;
  uid: number;
  gid: number;
  links: number;
  size: bigint;
  mtime: { seconds: bigint; nanoseconds: number };
  /** Its bytes. */
  bytes: DataView;
}

/** A run of a file's content; what no piece covers is zeros. In order of `at`, none overlapping. */
export interface Piece {
  /** Where in the file. */
  at: bigint;
  length: number;
  /** On the device; null: `bytes` has it (it lies in the inode). */
  offset: number | null;
  bytes: Uint8Array | null;
}

/** A name in a directory. */
export interface DirectoryEntry {
  name: Uint8Array;
  inode: bigint;
  /** As the directory says; "unknown" where it does not. */
  type: FileType;
  /** The block that holds it, on the device. */
  block: Range;
}

/** Where a map goes on, or what of it or of a directory cannot be made out. */
export interface Trail {
  budget: Budget;
  /** A block of the map was read. */
  mapBlock(run: Range): void;
  /** A part of the map or of the directory cannot be read, or makes no sense: it is passed over. */
  broken(error: unknown, run: Range | null): void;
}

/** A file system, read only. What throws, throws Invalid, TooMuch or SourceError. */
export interface FileSystem {
  readonly facts: FileSystemFacts;
  readonly root: bigint;
  inode(number: bigint): Promise<Inode>;
  pieces(inode: Inode, trail: Trail): AsyncGenerator<Piece>;
  /** Without "." and "..". */
  entries(inode: Inode, trail: Trail): AsyncGenerator<DirectoryEntry>;
  /** Whether the target of a symlink lies in its inode. */
  isShort(inode: Inode): boolean;
  /** Of a symlink: at most 4096 bytes. */
  target(inode: Inode, trail: Trail): Promise<Uint8Array>;
}
