import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SnapshotMap } from "../src/engine/snapshot/snapshot-map.ts";
import { findKernelAge } from "../src/protocol/kernel-ages.ts";
import type { Exception } from "./disk.ts";
import { KernelBug, type Walk } from "./oracle/exception-table.ts";
import { mapByOracle, type Place } from "./oracle/snapshot-map.ts";
import { mapSnapshot } from "./read-snapshot.ts";
import { buildStore } from "./store-builder.ts";

/** Kernels by how they insert: the property must hold for both. */
const KERNELS: [kernel: string, walk: Walk][] = [
  ["modern", "forwards"],
  ["3.10", "backwards"],
];

const DEVICE_CHUNKS = 170;
/** Pages of 256 origin chunks that share one of the 64 buckets, which is all that small devices get. */
const SAME_BUCKET = 64n * 256n;
const U64_MAX = 2n ** 64n - 1n;

/** Near each other, at a page's edge, in a page of the same bucket, at the top of u64. */
const oldChunk = fc.oneof(
  { weight: 8, arbitrary: fc.bigInt({ min: 0n, max: 24n }) },
  { weight: 2, arbitrary: fc.bigInt({ min: 245n, max: 265n }) },
  { weight: 2, arbitrary: fc.bigInt({ min: SAME_BUCKET, max: SAME_BUCKET + 24n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: U64_MAX - 4n, max: U64_MAX }) },
);
/** On the device mostly; 0 ends the table, wild ones give EIO or wrap. */
const chunkNumber = fc.oneof(
  { weight: 12, arbitrary: fc.bigInt({ min: 1n, max: 24n }) },
  { weight: 3, arbitrary: fc.bigInt({ min: 150n, max: 180n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: 2n ** 56n - 4n, max: 2n ** 56n - 1n }) },
);
const topByte = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0n) },
  { weight: 1, arbitrary: fc.bigInt({ min: 1n, max: 12n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: 250n, max: 255n }) },
);
const entry = fc
  .tuple(oldChunk, chunkNumber, topByte)
  .map(([old, number, top]): Exception => ({ old, new: number | (top << 56n) }));
/**
 * Entries that continue each other, upwards or downwards: dm_insert_exception() glues them, and
 * where the first one already counts as a run of 255, that is its BUG.
 */
const run = fc
  .tuple(entry, fc.integer({ min: 1, max: 6 }), fc.constantFrom(1n, -1n), fc.boolean())
  .map(([first, length, step, allCount]) =>
    Array.from({ length }, (_, i) => {
      const by = BigInt(i) * step;
      const from = i === 0 || allCount ? first.new : BigInt.asUintN(56, first.new);
      return { old: BigInt.asUintN(64, first.old + by), new: BigInt.asUintN(64, from + by) };
    }),
  );
const tables = fc.array(run, { maxLength: 24 }).map((runs) => runs.flat().slice(0, 96));

const shape = fc.record({
  exceptions: tables,
  chunkSectors: fc.constantFrom(1, 2, 4),
  /** Sectors by which the devices are longer than whole chunks. */
  oddCow: fc.nat({ max: 3 }),
  oddOrigin: fc.nat({ max: 3 }),
  originChunks: fc.constantFrom(0, 1, 9, 24, 24, 24, 300, 16_410),
  tableChunk: fc.constantFrom(null, 0, 8),
});

/** The engine's answer for every chunk that is not simply the origin's. */
function placesOf(map: SnapshotMap): Map<bigint, Place> {
  const places = new Map<bigint, Place>();
  const { chunkBytes } = map;
  for (const { from, at, offset, length } of map.extents(1 << 30)) {
    if (from === "origin") {
      expect(offset).toBe(at);
      continue;
    }
    for (let done = 0; done < length; done += chunkBytes) {
      const place = from === "error" ? from : BigInt((offset + done) / 512);
      places.set(BigInt((at + done) / chunkBytes), place);
    }
  }
  return places;
}

/** Chunks that a list entry can answer for: it begins at some exception's, and counts to 255 more. */
function touched(exceptions: readonly Exception[], chunks: bigint): bigint[] {
  const near: bigint[] = [];
  const olds = exceptions.map(({ old }) => old).sort((a, b) => (a < b ? -1 : 1));
  let next = 0n;
  for (const old of olds) {
    if (old > next) next = old;
    for (; next <= old + 255n && next < chunks; next++) near.push(next);
  }
  return near;
}

describe.each(KERNELS)("any small table, as %s loads it", (kernel, walk) => {
  test("every chunk is read from where the kernel's own lists say", async () => {
    const age = findKernelAge(kernel)?.id ?? "";
    const seen = { cow: 0, error: 0, bug: 0 };
    await fc.assert(
      fc.asyncProperty(shape, async ({ exceptions, chunkSectors, ...rest }) => {
        const cowSectors = DEVICE_CHUNKS * chunkSectors + (rest.oddCow % chunkSectors);
        const originSectors = BigInt(rest.originChunks * chunkSectors + rest.oddOrigin);
        const bytes = buildStore({ chunkSectors, exceptions, cowSectors });
        const tableChunk = rest.tableChunk ?? chunkSectors;
        const map = await mapSnapshot(bytes, originSectors, { tableChunk, kernel: age });
        let oracle: ReturnType<typeof mapByOracle>;
        try {
          oracle = mapByOracle(bytes, { tableChunk, originSectors, walk });
        } catch (error) {
          if (!(error instanceof KernelBug)) throw error;
          seen.bug++;
          expect(map).toBeNull();
          return;
        }
        if (!map) throw new Error("the kernel activates this store");
        expect(BigInt(map.chunkBytes)).toBe(oracle.chunkSectors * 512n);
        const places = placesOf(map);
        const chunks = (originSectors + oracle.chunkSectors - 1n) / oracle.chunkSectors;
        for (const chunk of new Set([...places.keys(), ...touched(exceptions, chunks)])) {
          const place = oracle.place(chunk);
          if (place === "error") seen.error++;
          else if (place !== "origin") seen.cow++;
          const engine = places.get(chunk) ?? "origin";
          if (engine !== place) expect({ chunk, place: engine }).toEqual({ chunk, place });
        }
      }),
      { numRuns: 120 },
    );
    // A property that never met what it is about has shown nothing.
    expect(Math.min(seen.cow, seen.error, seen.bug)).toBeGreaterThan(0);
  });
});

/** Read off the two versions of dm_insert_exception(); origin chunk 5 twice, and once in a run. */
const DUPLICATES: [string, Exception[], modern: bigint, before: bigint][] = [
  ["two alone", [pair(5, 2), pair(5, 9)], 2n, 9n],
  ["a later one glued to a run from before", [pair(5, 2), pair(4, 8), pair(5, 9)], 9n, 9n],
  ["glued at the lower end of a run behind it", [pair(6, 10), pair(5, 2), pair(5, 9)], 2n, 2n],
];

function pair(old: number, chunk: number): Exception {
  return { old: BigInt(old), new: BigInt(chunk) };
}

describe.each(KERNELS)("duplicates under %s", (kernel, walk) => {
  test.each(DUPLICATES)("%s", async (_, exceptions, modern, before) => {
    const bytes = buildStore({ chunkSectors: 1, exceptions, cowSectors: 40 });
    const options = { tableChunk: 1, kernel: findKernelAge(kernel)?.id ?? "" };
    const map = await mapSnapshot(bytes, 16n, options);
    const oracle = mapByOracle(bytes, { tableChunk: 1, originSectors: 16n, walk });
    const wins = walk === "forwards" ? modern : before;
    expect([map && placesOf(map).get(5n), oracle.place(5n)]).toEqual([wins, wins]);
  });
});
