/** Bytes that take the place of an image's own. */
export interface Patch {
  /** Of the image, in bytes. */
  offset: number;
  bytes: Uint8Array<ArrayBuffer>;
  /** What lies there until then, as many bytes; absent where that does not matter. */
  before?: Uint8Array<ArrayBuffer>;
}

/**
 * @returns the patches in the order of their offsets.
 * @throws RangeError if two overlap or one lies outside of `size` bytes: whoever made them erred.
 */
export function inOrder(patches: readonly Patch[], size: number): Patch[] {
  const sorted = [...patches].sort((a, b) => a.offset - b.offset);
  let end = 0;
  for (const { offset, bytes } of sorted) {
    if (offset < end) throw new RangeError(`two patches meet at byte ${offset}`);
    end = offset + bytes.length;
    if (!(end <= size)) throw new RangeError(`a patch ends at byte ${end}, the image at ${size}`);
  }
  return sorted;
}
