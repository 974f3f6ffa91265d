import type { ChunkPair, RaceParams } from "./race.ts";

/** Old chunks from 7 on, and the data chunks that prepare_exception() would hand out in area 0. */
export function defaultExceptions(copies: number, index: number, perArea: number): ChunkPair[] {
  return Array.from({ length: copies }, (_, copy) => [
    BigInt(7 + copy),
    dataChunk(index + copy, perArea),
  ]);
}

/** The chunk of the n-th exception of a store that was filled in order: metadata chunks skipped. */
export function dataChunk(n: number, perArea: number): bigint {
  return BigInt(n + 2 + Math.floor(n / perArea));
}

/** What `cowscope race` takes where nothing is said: a new 4 KiB store, one copy in flight. */
export const DEFAULT_RACE: RaceParams = {
  fix: "before",
  storeBytes: 8,
  ioCopy: "words",
  index: 0,
  entriesPerArea: 256,
  copies: 1,
  pendingAfter: 0,
  chunkSize: 8,
  exceptions: defaultExceptions(1, 0, 256),
  entry0: [3n, 2n],
};

/** Parameters with some of them changed, the others brought along as far as they must. */
export function varyRace(params: RaceParams, vary: Partial<RaceParams>): RaceParams {
  const next = { ...params, ...vary };
  next.index = Math.min(next.index, next.entriesPerArea - 1);
  const moved =
    next.index !== params.index ||
    next.copies !== params.copies ||
    next.entriesPerArea !== params.entriesPerArea;
  if (!moved || vary.exceptions !== undefined) return next;
  const exceptions = defaultExceptions(next.copies, next.index, next.entriesPerArea);
  return { ...next, exceptions };
}
