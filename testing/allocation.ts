import { type Exception, entriesPerArea, isMetadataChunk } from "./disk.ts";
import type { Rng } from "./random.ts";
import { type BuiltStore, buildStore, type StoreSpec, smallestDevice } from "./store-builder.ts";

/** The first `count` chunks that prepare_exception() hands out: from 2 upwards, past metadata chunks. */
export function allocatedChunks(count: number, chunkSectors: number): bigint[] {
  const chunks: bigint[] = [];
  for (let chunk = 2n; chunks.length < count; chunk++) {
    if (!isMetadataChunk(chunk, chunkSectors)) chunks.push(chunk);
  }
  return chunks;
}

/** Exceptions for these origin chunks, committed in the order in which they were allocated. */
export function exceptionsFor(oldChunks: readonly bigint[], chunkSectors: number): Exception[] {
  const chunks = allocatedChunks(oldChunks.length, chunkSectors);
  return oldChunks.map((old, index) => ({ old, new: chunks[index] ?? 0n }));
}

/** Kernels before 3.13 could lose commits in a crash: allocated chunks that no exception names. */
export function withHoles(exceptions: readonly Exception[], lost: ReadonlySet<number>) {
  return exceptions.filter((_, index) => !lost.has(index));
}

/** `areas` areas full to the last entry: the reader must go on to the (empty) area after them. */
export function fullAreas(areas: number, chunkSectors: number): Exception[] {
  const count = areas * entriesPerArea(chunkSectors);
  // Odd origin chunks: no two are neighbours, so nothing is glued into a run.
  return exceptionsFor(
    Array.from({ length: count }, (_, index) => BigInt(2 * index + 1)),
    chunkSectors,
  );
}

/** A run of origin chunks written in order: what a sequential writer leaves behind. */
export function consecutive(first: bigint, count: number, chunkSectors: number): Exception[] {
  return exceptionsFor(
    Array.from({ length: count }, (_, index) => first + BigInt(index)),
    chunkSectors,
  );
}

/** Distinct origin chunks in random order, with some runs among them. */
export function scattered(rng: Rng, count: number, originChunks: number, chunkSectors: number) {
  const olds = new Set<bigint>();
  while (olds.size < Math.min(count, originChunks)) {
    const run = rng.chance(0.3) ? rng.between(2, 12) : 1;
    const first = rng.below(originChunks);
    for (let step = 0; step < run && first + step < originChunks && olds.size < count; step++) {
      olds.add(BigInt(first + step));
    }
  }
  return exceptionsFor([...olds], chunkSectors);
}

export const built = (spec: StoreSpec): BuiltStore => ({ spec, bytes: buildStore(spec) });

/** A healthy store of a random shape: empty, a few exceptions, exactly full areas or several areas. */
export function randomStore(rng: Rng): BuiltStore {
  const chunkSectors = rng.pick([1, 1, 2, 4, 8, 8, 16]);
  const perArea = entriesPerArea(chunkSectors);
  const most = Math.min(3 * perArea, 400);
  const count = rng.pick([0, rng.below(20), rng.below(most), Math.min(perArea, most), most]);
  const exceptions = scattered(rng, count, 2 * count + 40, chunkSectors);
  const cowSectors = smallestDevice(chunkSectors, exceptions) + rng.below(6) * chunkSectors;
  return built({ chunkSectors, exceptions, cowSectors });
}
