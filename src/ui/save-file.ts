/** Hands text to the browser's own download. */
export function saveText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its own hold on the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}
