import type { DecodedCache } from "./decoded-cache.ts";
import type { ReadPlan } from "./read-plan.ts";
import { cutFrom, unpack } from "./unpacking.ts";

/** Whether the answer is what one child gives, byte for byte: nothing has to be copied then. */
export function isOneRun({ length, reads, ready }: ReadPlan): boolean {
  const [read] = reads;
  if (!read || reads.length > 1 || ready.length > 0 || read.unpackings.size > 0) return false;
  return read.length === length && read.copies.length === 1;
}

/**
 * Puts the answer together in `target`, which holds zeros.
 * @param parts what was read, in the order of `plan.reads`. @throws SourceError
 */
export function assemble(
  plan: ReadPlan,
  parts: readonly Uint8Array[],
  target: Uint8Array,
  path: string,
  decoded: DecodedCache,
): void {
  for (const { at, bytes } of plan.ready) target.set(bytes, at);
  for (const [i, { copies, unpackings }] of plan.reads.entries()) {
    const bytes = parts[i] ?? new Uint8Array();
    for (const { at, offset, length } of copies) {
      target.set(bytes.subarray(offset, offset + length), at);
    }
    for (const { key, start, packed, decode, cuts } of unpackings.values()) {
      const unpacked = unpack(decode, bytes.subarray(start, start + packed), cuts, path);
      for (const cut of cuts) target.set(cutFrom(unpacked, cut, path), cut.at);
      decoded.put(key, unpacked);
    }
  }
}
