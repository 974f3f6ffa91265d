import type { FileType } from "../protocol/files.ts";

/** S_IFMT of st_mode, by its four bits (include/uapi/linux/stat.h). */
const BY_MODE: Record<number, FileType> = {
  1: "fifo",
  2: "character",
  4: "directory",
  6: "block",
  8: "file",
  10: "symlink",
  12: "socket",
};

/** FT_*, the type in a directory's entry, of both file systems (include/linux/fs_types.h). */
const BY_ENTRY: readonly FileType[] = [
  "unknown",
  "file",
  "directory",
  "character",
  "block",
  "fifo",
  "socket",
  "symlink",
];

export const typeOfMode = (mode: number): FileType => BY_MODE[(mode >> 12) & 15] ?? "unknown";
export const typeOfEntry = (type: number): FileType => BY_ENTRY[type] ?? "unknown";
