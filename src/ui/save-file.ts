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
