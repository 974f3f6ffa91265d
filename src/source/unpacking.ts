import { isRun, SourceError } from "./block-source.ts";

/** A run of the answer, and where it lies in other bytes. */
export interface Copy {
  /** In the answer. */
  at: number;
  offset: number;
  length: number;
}

/** A run of unpacked bytes; `layerOffset` is where it lies in the layer, for errors. */
interface Cut extends Copy {
  layerOffset: number;
}

/** One packed run of a child, and what of the unpacked bytes is wanted. */
export interface Unpacking {
  key: string;
  /** In what was read of the child. */
  start: number;
  packed: number;
  decode: (packed: Uint8Array) => Uint8Array;
  cuts: Cut[];
}

/** @throws SourceError where `decode` throws. */
export function unpack(
  decode: (packed: Uint8Array) => Uint8Array,
  packed: Uint8Array,
  cuts: readonly Cut[],
  path: string,
): Uint8Array {
  try {
    return decode(packed);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const offset = cuts[0]?.layerOffset ?? 0;
    throw new SourceError("unreadable", offset, `it could not be unpacked: ${why}`, path);
  }
}

/** @throws SourceError if there are fewer unpacked bytes than the mapping says. */
export function cutFrom(unpacked: Uint8Array, cut: Cut, path: string): Uint8Array {
  const { offset, length, layerOffset } = cut;
  if (isRun(offset, length, unpacked.length)) return unpacked.subarray(offset, offset + length);
  const message = `only ${unpacked.length} bytes were packed where ${offset + length} should be`;
  throw new SourceError("unreadable", layerOffset, message, path);
}
