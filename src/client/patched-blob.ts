import { inOrder, type Patch } from "../protocol/patch.ts";

/**
 * The image with its patches, made of slices: nothing of it is read until the copy is saved. What
 * would lie behind the image's end is left out.
 */
export function patchedBlob(image: Blob, patches: readonly Patch[]): Blob {
  const inside = patches.filter(({ offset, bytes }) => offset + bytes.length <= image.size);
  const parts: BlobPart[] = [];
  let done = 0;
  for (const { offset, bytes } of inOrder(inside, image.size)) {
    parts.push(image.slice(done, offset), bytes);
    done = offset + bytes.length;
  }
  return new Blob([...parts, image.slice(done)], { type: "application/octet-stream" });
}
