import type { Image } from "../client/held-store.ts";

/** A folder that was let go over the page. */
export interface Folder {
  name: string;
  /** Every file in it and in the folders in it, by their paths: "backup/monday/root.img". */
  read(): Promise<FolderFiles>;
}

export interface FolderFiles {
  images: Image[];
  /** Whether there are more than could be taken. */
  more: boolean;
}

/** More files, or folders in folders, are no set of disks. */
const MOST_FILES = 4096;
const MOST_DEPTH = 16;

export const folderOf = (entry: FileSystemDirectoryEntry): Folder => ({
  name: entry.name,
  read: () => readFolder(entry),
});

async function readFolder(root: FileSystemDirectoryEntry): Promise<FolderFiles> {
  const images: Image[] = [];
  let more = false;
  const visit = async (folder: FileSystemDirectoryEntry, path: string, depth: number) => {
    const entries = await entriesOf(folder);
    entries.sort((one, other) => (one.name < other.name ? -1 : 1));
    for (const entry of entries) {
      const name = `${path}/${entry.name}`;
      if (images.length === MOST_FILES || depth === MOST_DEPTH) more = true;
      else if (isFolder(entry)) await visit(entry, name, depth + 1);
      else if (isFile(entry)) {
        const blob = await fileOf(entry);
        if (blob !== null) images.push({ blob, name });
      }
    }
  };
  await visit(root, root.name, 0);
  return { images, more };
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

/** null: it is gone, or may not be read. */
const fileOf = (entry: FileSystemFileEntry): Promise<File | null> =>
  new Promise((resolve) => entry.file(resolve, () => resolve(null)));

/** A reader hands over some hundred at a time, and nothing once there are no more. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  while (all.length <= MOST_FILES) {
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (some.length === 0) break;
    all.push(...some);
  }
  return all;
}
