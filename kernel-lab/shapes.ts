import { entriesPerArea } from "../testing/disk.ts";
import type { Rng } from "../testing/random.ts";
import type { Writes } from "./job.ts";

/** A store for the kernel to make. */
export interface Shape {
  chunkSectors: number;
  originSectors: number;
  cowSectors: number;
  writes: (rng: Rng) => Writes[];
}

/** `count` different chunks of an origin, in no order. */
const someChunks = (rng: Rng, count: number, originChunks: number) =>
  rng.shuffle(Array.from({ length: originChunks }, (_, chunk) => chunk)).slice(0, count);

/** One write for each of these chunks: the whole chunk, or one sector of it, so that the rest is copied. */
function writesTo(
  target: Writes["target"],
  chunks: readonly number[],
  chunkSectors: number,
  rng: Rng,
): Writes {
  const tag = target === "snap" ? "SNAPW" : "ORIGW";
  const sectors = chunks.map((chunk): [number, number] =>
    rng.chance(0.3)
      ? [chunk * chunkSectors + rng.below(chunkSectors), 1]
      : [chunk * chunkSectors, chunkSectors],
  );
  return { target, tag, sectors };
}

/** A store of `count` exceptions scattered over the origin, on a device with some room left. */
function scattered(chunkSectors: number, count: number, spareChunks = 6): Shape {
  const originChunks = 2 * count + 20;
  const areas = Math.floor(count / entriesPerArea(chunkSectors)) + 1;
  return {
    chunkSectors,
    originSectors: originChunks * chunkSectors,
    cowSectors: (1 + areas + count + spareChunks) * chunkSectors,
    writes: (rng) => [writesTo("snap", someChunks(rng, count, originChunks), chunkSectors, rng)],
  };
}

/** Runs of chunks one after the other: in memory, the kernel packs them into one exception. */
function consecutive(chunkSectors: number, runs: number, runLength: number): Shape {
  const originChunks = runs * runLength * 2;
  return {
    chunkSectors,
    originSectors: originChunks * chunkSectors,
    cowSectors: (runs * runLength + 8) * chunkSectors,
    writes: (rng) =>
      Array.from({ length: runs }, () => {
        const first = rng.below(originChunks - runLength);
        const chunks = Array.from({ length: runLength }, (_, step) => first + step);
        return writesTo(rng.pick(["snap", "orig"]), chunks, chunkSectors, rng);
      }),
  };
}

/** The same chunks written on both sides: the origin moves on below the snapshot. */
function bothSides(chunkSectors: number, count: number): Shape {
  const shape = scattered(chunkSectors, 2 * count);
  const originChunks = shape.originSectors / chunkSectors;
  return {
    ...shape,
    writes: (rng) =>
      (["snap", "orig", "snap"] as const).map((target) =>
        writesTo(target, someChunks(rng, count, originChunks).slice(0, count), chunkSectors, rng),
      ),
  };
}

/** More is written than the device can hold: the kernel invalidates the store. */
function overflowing(chunkSectors: number): Shape {
  return { ...scattered(chunkSectors, 20), cowSectors: 12 * chunkSectors };
}

/** What the kernel makes in the guest, by name: cN is the chunk size in sectors. */
export const SHAPES: Record<string, Shape> = {
  "fresh-c8": scattered(8, 0),
  "few-c1": scattered(1, 12),
  "few-c2": scattered(2, 9),
  "few-c8": scattered(8, 14),
  "few-c16": scattered(16, 11),
  "few-c32": scattered(32, 8),
  "few-c128": scattered(128, 5),
  "multi-c1": scattered(1, 107),
  "multi-c2": scattered(2, 150),
  "multi-c4": scattered(4, 290),
  "full1-c1": scattered(1, 32),
  "full2-c2": scattered(2, 128),
  "full1-c8": scattered(8, 256),
  "full1-c1-tight": scattered(1, 32, 0),
  // No room for the area behind the full one: the kernel invalidates the store.
  "full1-c1-short": scattered(1, 32, -1),
  "area-but-one-c2": scattered(2, 63),
  "consec-c4": consecutive(4, 6, 20),
  "consec-c8": consecutive(8, 3, 30),
  "both-c4": bothSides(4, 25),
  "overflow-c1": overflowing(1),
  "overflow-c8": overflowing(8),
  // Sizes that are no multiple of the chunk.
  "odd-c16": { ...scattered(16, 20), originSectors: 16 * 50 + 7, cowSectors: 16 * 30 + 5 },
  "odd-c64": { ...scattered(64, 6), originSectors: 64 * 20 + 1, cowSectors: 64 * 12 + 33 },
};
