/** Bytes to be put in place of an image's own. */
export interface Patch {
  offset: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The image with its patches, made of slices: nothing of it is read until the copy is saved. What
 * would lie behind the image's end is left out.
 */
export function patchedBlob(image: Blob, patches: readonly Patch[]): Blob {
  const inOrder = patches
    .filter(({ offset, bytes }) => offset + bytes.length <= image.size)
    .sort((a, b) => a.offset - b.offset);
  const parts: BlobPart[] = [];
  let done = 0;
  for (const { offset, bytes } of inOrder) {
    parts.push(image.slice(done, offset), bytes);
    done = offset + bytes.length;
  }
  return new Blob([...parts, image.slice(done)], { type: "application/octet-stream" });
}
