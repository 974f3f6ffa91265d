import { type Folder, folderOf } from "./folder.ts";

/** What was let go over the page: files, and what is none. */
export interface Dropped {
  files: File[];
  folders: Folder[];
  /** Text, a link, a picture of another page: nothing that has a name on this machine. */
  isText: boolean;
}

/** To be called while the event is being handled: later a DataTransfer is empty. */
export function readDropped(data: DataTransfer | null): Dropped {
  const items = [...(data?.items ?? [])].filter(({ kind }) => kind === "file");
  const dropped: Dropped = { files: [], folders: [], isText: false };
  for (const item of items) {
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory) dropped.folders.push(folderOf(entry as FileSystemDirectoryEntry));
    else if (file !== null) dropped.files.push(file);
  }
  dropped.isText = items.length === 0 && (data?.items.length ?? 0) > 0;
  return dropped;
}
