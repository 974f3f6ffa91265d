import { type BlockSource, SourceError } from "../source/block-source.ts";
import type { Wrapper } from "./wrapper.ts";

/** What formats are told by, in bytes. */
export const END_BYTES = 1 << 16;
/** A little more of the start: btrfs has its magic behind 64 KiB. */
const HEAD_BYTES = END_BYTES + 4096;
/** Enough to tell that there is a format, a table or a label: what a bare store pays for the question. */
export const GLANCE_BYTES = 1 << 13;

/** The first and last bytes of a layer: all that is read to find out what it is. */
export interface Ends {
  head: Uint8Array;
  /** END_BYTES, or all of it where it is shorter; empty where it cannot be read. */
  tail: Uint8Array;
}

/** @param most bytes of the end, where less will do. @throws SourceError where the start cannot be read. */
export async function readEnds(source: BlockSource, most = END_BYTES): Promise<Ends> {
  const { size } = source;
  const headRange = { offset: 0, length: Math.min(size, most === END_BYTES ? HEAD_BYTES : most) };
  const length = Math.min(size, most);
  const tailRange = { offset: size - length, length };
  try {
    const bytes = await source.read([headRange, tailRange]);
    return { head: bytes.subarray(0, headRange.length), tail: bytes.subarray(headRange.length) };
  } catch (error) {
    if (!(error instanceof SourceError) || error.kind === "changed") throw error;
  }
  // A copy that broke off, a disk with bad sectors: the start alone says enough.
  return { head: await readableStart(source, headRange.length), tail: new Uint8Array() };
}

/** As much of the start as can be read, at least one sector. @throws SourceError */
async function readableStart(source: BlockSource, length: number): Promise<Uint8Array> {
  for (let most = length; ; most = Math.floor(most / 2)) {
    try {
      return await source.read([{ offset: 0, length: most }]);
    } catch (error) {
      if (!(error instanceof SourceError) || error.kind === "changed" || most <= 512) throw error;
    }
  }
}

/** The format around a disk that begins and ends so; null if there is none. */
export function wrapperOf(
  { head, tail }: Ends,
  size: number,
  wrappers: readonly Wrapper[],
): Wrapper | null {
  const start = head.subarray(0, END_BYTES);
  return wrappers.find((wrapper) => wrapper.matches(start, tail, size)) ?? null;
}
