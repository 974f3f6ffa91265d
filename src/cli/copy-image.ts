import { closeSync, fstatSync, ftruncateSync, openSync, statSync, writeSync } from "node:fs";
import type { Patch } from "../protocol/patch.ts";
import type { BlockSource } from "../source/block-source.ts";

const STEP = 4 << 20;

/** Whether two names lead to the same file, through links of either kind. */
export function isSameFile(one: string, other: string): boolean {
  const a = statSync(one, { bigint: true, throwIfNoEntry: false });
  const b = statSync(other, { bigint: true, throwIfNoEntry: false });
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/**
 * Copies an image to a new file, zeros left out as holes, and puts the patches in.
 * The caller has seen to it that `to` is not the image itself.
 */
export async function copyImage(
  source: BlockSource,
  to: string,
  patches: readonly Patch[],
): Promise<void> {
  const descriptor = openSync(to, "w");
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error(`${to} is not a plain file`);
    ftruncateSync(descriptor, source.size);
    for (let offset = 0; offset < source.size; offset += STEP) {
      const length = Math.min(STEP, source.size - offset);
      const bytes = await source.read([{ offset, length }]);
      if (bytes.some((byte) => byte !== 0)) writeAll(descriptor, bytes, offset);
    }
    for (const { offset, bytes } of patches) writeAll(descriptor, bytes, offset);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array, offset: number): void {
  let done = 0;
  while (done < bytes.length) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, offset + done);
  }
}
