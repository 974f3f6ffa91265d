import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SnapshotMap } from "../src/engine/snapshot/snapshot-map.ts";
import type { Exception } from "./disk.ts";
import { KernelBug, type Walk } from "./oracle/exception-table.ts";
import { mapByOracle, type Place } from "./oracle/snapshot-map.ts";
import { mapSnapshot } from "./read-snapshot.ts";
import { buildStore } from "./store-builder.ts";

/** Kernels by how they insert: the property must hold for all of them. */
const KERNELS: [kernel: string, walk: Walk][] = [
  ["7.2.13", "headless"],
  ["6.1.192", "forwards"],
  ["4.9.115", "backwards"],
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
    const seen = { cow: 0, error: 0, bug: 0 };
    await fc.assert(
      fc.asyncProperty(shape, async ({ exceptions, chunkSectors, ...rest }) => {
        const cowSectors = DEVICE_CHUNKS * chunkSectors + (rest.oddCow % chunkSectors);
        const originSectors = BigInt(rest.originChunks * chunkSectors + rest.oddOrigin);
        const bytes = buildStore({ chunkSectors, exceptions, cowSectors });
        const tableChunk = rest.tableChunk ?? chunkSectors;
        const map = await mapSnapshot(bytes, originSectors, { tableChunk, kernel });
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

type Winner = bigint | "BUG" | "origin";

/**
 * Tables that tell the three versions of dm_insert_exception() apart, read off them by hand: where
 * is origin chunk 5 read from, or is it a BUG? 16389 is 5 and 64 pages of 256 chunks, in one bucket
 * of the 64 that a small device has.
 */
const DUPLICATES: [string, Exception[], headless: Winner, forwards: Winner, backwards: Winner][] = [
  ["two alone", [pair(5, 2), pair(5, 9)], 9n, 2n, 9n],
  ["three alone", [pair(5, 2), pair(5, 9), pair(5, 12)], 12n, 2n, 12n],
  ["a later one glued to a run", [pair(5, 2), pair(4, 8), pair(5, 9)], 9n, 9n, 9n],
  ["glued at the lower end of a run behind", [pair(6, 10), pair(5, 2), pair(5, 9)], 2n, 2n, 2n],
  ["behind a smaller one", [pair(1, 20), pair(5, 2), pair(5, 9)], 9n, 2n, 9n],
  ["before a greater one", [pair(9, 20), pair(5, 2), pair(5, 9)], 2n, 2n, 9n],
  ["a greater one in between", [pair(5, 2), pair(9, 20), pair(5, 30)], 30n, 2n, 30n],
  ["a smaller one in between", [pair(5, 2), pair(1, 20), pair(5, 30)], 30n, 2n, 30n],
  ["the earlier one is a run", [pair(5, 2), pair(6, 3), pair(5, 30)], 30n, 2n, 30n],
  ["the earlier one ends a run", [pair(4, 2), pair(5, 3), pair(5, 30)], 30n, 3n, 3n],
  ["the later one ends a run", [pair(5, 30), pair(4, 2), pair(5, 3)], 3n, 3n, 3n],
  ["a run over it, then alone", [acting(4, 20, 3), pair(5, 30)], 30n, 21n, 21n],
  ["alone, then a run over it", [pair(5, 30), acting(4, 20, 3)], 21n, 21n, 21n],
  ["two runs over it, the lower last", [acting(4, 20, 3), acting(3, 10, 3)], 12n, 12n, 12n],
  ["two runs over it, the higher last", [acting(3, 10, 3), acting(4, 20, 3)], 21n, 12n, 12n],
  ["another page first", [pair(16389, 31), pair(5, 20), pair(5, 21)], 20n, 20n, 21n],
  ["another page last", [pair(5, 20), pair(16389, 31), pair(5, 21)], 21n, 20n, 21n],
  ["a full run, one below it", [acting(6, 20, 255), pair(5, 19)], "BUG", "BUG", "BUG"],
  [
    "a full run behind a duplicate",
    [pair(6, 35), acting(6, 20, 255), pair(5, 19)],
    "BUG",
    19n,
    "BUG",
  ],
  [
    "a full run before a greater one",
    [acting(6, 20, 255), pair(200, 36), pair(5, 19)],
    19n,
    "BUG",
    "BUG",
  ],
];

function pair(old: number, chunk: number): Exception {
  return { old: BigInt(old), new: BigInt(chunk) };
}

/** One entry that acts for `more` chunks besides its own. */
function acting(old: number, chunk: number, more: number): Exception {
  return { old: BigInt(old), new: BigInt(chunk) | (BigInt(more) << 56n) };
}

describe.each(KERNELS)("duplicates under %s", (kernel, walk) => {
  test.each(DUPLICATES)("%s", async (_, exceptions, headless, forwards, backwards) => {
    const bytes = buildStore({ chunkSectors: 1, exceptions, cowSectors: 40 });
    const map = await mapSnapshot(bytes, 16n, { tableChunk: 1, kernel });
    const byOracle = (): Winner | "error" => {
      try {
        return mapByOracle(bytes, { tableChunk: 1, originSectors: 16n, walk }).place(5n);
      } catch (error) {
        if (error instanceof KernelBug) return "BUG";
        throw error;
      }
    };
    const wins = { headless, forwards, backwards }[walk];
    const byEngine = map === null ? "BUG" : (placesOf(map).get(5n) ?? "origin");
    expect([byEngine, byOracle()]).toEqual([wins, wins]);
  });
});

test.each(DUPLICATES)("under 2.6.24, always at the head: %s", async (_, exceptions) => {
  // Chunks below a page are its BUG in mempool_resize().
  const bytes = buildStore({ chunkSectors: 8, exceptions, cowSectors: 320 });
  const map = await mapSnapshot(bytes, 128n, { tableChunk: 8, kernel: "2.6.24" });
  // No entry answers for more than its own chunk, and the last one wins.
  const last = exceptions.findLast(({ old }) => old === 5n)?.new;
  expect(map && placesOf(map).get(5n)).toBe(last && last * 8n);
});

test("the table's chunk size decides who shares a bucket, and so who wins (6.12.66)", async () => {
  const exceptions = [pair(16389, 50), pair(5, 60), pair(5, 61)];
  const bytes = buildStore({ chunkSectors: 1, exceptions, cowSectors: 255 });
  const wins = [0, 1, 2, 4, 8].map(async (tableChunk) => {
    const map = await mapSnapshot(bytes, 20_000n, { tableChunk, kernel: "6.12.117" });
    return map && placesOf(map).get(5n);
  });
  expect(await Promise.all(wins)).toEqual([61n, 61n, 60n, 60n, 60n]);
});
