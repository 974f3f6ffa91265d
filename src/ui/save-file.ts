/** Hands text to the browser's own download. */
export const saveText = (name: string, type: string, text: string): void =>
  saveBlob(name, new Blob([text], { type }));

/** The same for bytes, however many: a blob made of slices is read only as it is saved. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its own hold on the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}

interface FilePicker {
  /** Not every browser has it, and the DOM's types leave it out. */
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/** Asks where to save; null if the person thinks better of it, "download" where one cannot ask. */
export async function pickSaveFile(
  name: string,
): Promise<FileSystemFileHandle | "download" | null> {
  const { showSaveFilePicker } = window as FilePicker;
  if (showSaveFilePicker === undefined) return "download";
  try {
    return await showSaveFilePicker.call(window, { suggestedName: name });
  } catch (error) {
    // The picker was closed; anything else (a page in a frame may not ask) leaves the download.
    return error instanceof DOMException && error.name === "AbortError" ? null : "download";
  }
}
