import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lookUp } from "../src/engine/lookup/look-up.ts";
import { loadCore } from "./check-bytes.ts";
import type { Exception } from "./disk.ts";
import { FIXTURES, fixture, fixtureBytes } from "./fixtures.ts";
import { look, lookupStore } from "./lookup.ts";
import { KernelBug, type Walk } from "./oracle/exception-table.ts";
import { mapByOracle } from "./oracle/snapshot-map.ts";
import { buildStore } from "./store-builder.ts";

const KERNELS: [kernel: string, walk: Walk][] = [
  ["7.2.13", "headless"],
  ["6.1.192", "forwards"],
  ["4.9.115", "backwards"],
];

const pair = (old: number, chunk: number): Exception => ({ old: BigInt(old), new: BigInt(chunk) });
const acting = (old: number, chunk: number, more: number): Exception => ({
  old: BigInt(old),
  new: BigInt(chunk) | (BigInt(more) << 56n),
});

/** Near each other, in another page of the same bucket, on the device and behind it, acting as runs. */
const exceptions = fc.array(
  fc
    .tuple(
      fc.oneof(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 16_384, max: 16_400 })),
      fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 2, max: 30 }) },
        { weight: 3, arbitrary: fc.integer({ min: 38, max: 60 }) },
      ),
      fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 5 })),
    )
    .map(([old, chunk, more]) => acting(old, chunk, more)),
  { minLength: 1, maxLength: 30 },
);

describe.each(KERNELS)("any small table, as %s loads it", (kernel, walk) => {
  test.each([true, false])("as the kernel's own lists have it (rows kept: %s)", async (keep) => {
    const seen = { cow: 0, error: 0, back: 0 };
    await fc.assert(
      fc.asyncProperty(exceptions, fc.nat({ max: 17 }), async (table, chunk) => {
        const bytes = buildStore({ chunkSectors: 1, exceptions: table, cowSectors: 40 });
        const options = { tableChunk: 1, originSectors: 20_000n };
        let expected: bigint | "origin" | "error";
        try {
          expected = mapByOracle(bytes, { ...options, walk }).place(BigInt(chunk));
        } catch (error) {
          if (error instanceof KernelBug) return;
          throw error;
        }
        const store = await lookupStore(bytes, { ...options, kernel }, keep);
        const { reads, exceptions: named } = await look(store, "origin", "chunk", chunk);
        const place = reads?.from === "cow" ? BigInt(reads.chunk) : reads?.from;
        expect(place).toBe(expected);
        if (typeof expected !== "bigint") {
          if (expected === "error") seen.error++;
          return;
        }
        seen.cow++;
        const read = named.filter(({ inForce }) => inForce);
        expect(read.map(({ cowOffset }) => cowOffset)).toContain(String(expected * 512n));
        // And back: what lies there is this chunk of the origin.
        const back = await look(store, "cow", "chunk", expected);
        if (back.kind !== "data") return;
        seen.back++;
        const origins = back.exceptions.filter(({ inForce }) => inForce);
        expect(origins.map(({ originOffset }) => originOffset)).toContain(String(chunk * 512));
      }),
      { numRuns: 100 },
    );
    expect(Math.min(seen.cow, seen.error, seen.back)).toBeGreaterThan(0);
  });
});

/** Read off dm_insert_exception() by hand, as in snapshot-map.test.ts: which chunk is chunk 5 in? */
test.each([
  ["7.2.13", [pair(5, 2), pair(5, 9)], "1"],
  ["6.1.192", [pair(5, 2), pair(5, 9)], "0"],
  ["4.9.115", [pair(5, 2), pair(5, 9)], "1"],
  ["2.6.24", [pair(5, 2), pair(5, 9)], "1"],
  ["7.2.13", [pair(5, 2), pair(9, 20), pair(5, 30)], "2"],
  ["6.1.192", [pair(5, 2), pair(1, 20), pair(5, 30)], "0"],
])("of two exceptions for one chunk %s reads by the one it finds", async (kernel, table, index) => {
  const bytes = buildStore({ chunkSectors: 8, exceptions: table, cowSectors: 320 });
  const store = await lookupStore(bytes, { tableChunk: 8, originSectors: 128n, kernel });
  const { exceptions: found, exceptionCount, message } = await look(store, "origin", "chunk", 5);
  expect(exceptionCount).toBe("2");
  expect(found.filter(({ inForce }) => inForce).map((one) => one.index)).toEqual([index]);
  expect(message).toContain(`The kernel finds the one in area 0, entry ${index}.`);
});

describe("places of a store by hand: chunks of 1 sector, 32 entries an area", () => {
  const table = [pair(7, 2), pair(3, 4)];
  const bytes = buildStore({ chunkSectors: 1, exceptions: table, cowSectors: 40 });
  const longer = new Uint8Array(40 * 512 + 100);
  longer.set(bytes);
  const ask = async (device: "origin" | "cow", unit: "byte" | "sector" | "chunk", at: number) =>
    look(await lookupStore(longer, { originSectors: 100n }), device, unit, at);

  test.each([
    ["cow", "byte", 13, { kind: "header", field: "chunk_size", chunk: "0" }],
    ["cow", "byte", 16, { kind: "header", field: null }],
    [
      "cow",
      "byte",
      512,
      { kind: "metadata", area: "0", index: "0", field: "old_chunk", entry: "exception" },
    ],
    [
      "cow",
      "byte",
      512 + 25,
      { kind: "metadata", index: "1", field: "new_chunk", entry: "exception" },
    ],
    ["cow", "byte", 512 + 32, { kind: "metadata", index: "2", entry: "end-of-table" }],
    ["cow", "sector", 1, { kind: "metadata", area: "0", index: "0", field: null }],
    ["cow", "byte", 512 + 48, { kind: "metadata", index: "3", entry: "behind-the-end" }],
    ["cow", "chunk", 34, { kind: "metadata", area: "1", index: null, entry: null }],
    ["cow", "byte", 34 * 512, { kind: "metadata", area: "1", entry: "never-read" }],
    ["cow", "chunk", 3, { kind: "unnamed" }],
    ["cow", "chunk", 5, { kind: "free" }],
    ["cow", "byte", 2 * 512 + 9, { kind: "data", within: "9" }],
    ["cow", "byte", 40 * 512 + 3, { kind: "tail" }],
    ["cow", "byte", 40 * 512 + 100, { kind: "beyond-end" }],
    [
      "origin",
      "chunk",
      8,
      { kind: "not-mapped", reads: { from: "origin", chunk: "8", offset: "4096" } },
    ],
    ["origin", "sector", 100, { kind: "beyond-end", reads: null }],
  ] as const)("%s, %s %d", async (device, unit, at, expected) => {
    expect(await ask(device, unit, at)).toMatchObject(expected);
  });

  test("a byte of the origin is the same byte of its data chunk, and back", async () => {
    const there = await ask("origin", "byte", 3 * 512 + 17);
    expect(there.reads).toEqual({ from: "cow", chunk: "4", offset: String(4 * 512 + 17) });
    const [named] = (await ask("cow", "byte", 4 * 512 + 17)).exceptions;
    expect(named).toEqual({
      row: "1",
      area: "0",
      index: "1",
      oldChunk: "3",
      newChunk: "4",
      originOffset: String(3 * 512 + 17),
      cowOffset: String(4 * 512 + 17),
      inForce: true,
    });
  });

  test("a chunk behind the end that an exception names all the same", async () => {
    const wild = buildStore({ chunkSectors: 1, exceptions: [pair(7, 90)], cowSectors: 40 });
    const store = await lookupStore(wild, { originSectors: 100n });
    const { kind, exceptionCount, message } = await look(store, "cow", "chunk", 90);
    expect([kind, exceptionCount]).toEqual(["beyond-end", "1"]);
    expect(message).toContain("1 exception names it: area 0, entry 0: chunk 7 in chunk 90.");
    expect((await look(store, "origin", "chunk", 7)).reads).toEqual({ from: "error" });
  });

  test("of a store that does not activate, the table still tells", async () => {
    const refused = longer.slice();
    refused[8] = 9;
    const store = await lookupStore(refused, { originSectors: 100n });
    const { reads, noRead, exceptions: found } = await look(store, "origin", "chunk", 7);
    expect([reads, noRead, found.map(({ newChunk }) => newChunk)]).toEqual([
      null,
      "not-activated",
      ["2"],
    ]);
  });

  test("numbers of any size, and a lookup that is stopped", async () => {
    expect((await ask("origin", "chunk", 2 ** 70)).kind).toBe("beyond-end");
    const store = await lookupStore(longer);
    expect((await look(store, "origin", "chunk", 2n ** 65n)).kind).toBe("not-mapped");
    const place = { device: "origin", unit: "chunk", number: 7n } as const;
    // Two areas, so that there is a batch to stop behind.
    const table = Array.from({ length: 40 }, (_, i) => pair(i, i < 32 ? i + 2 : i + 3));
    const two = await lookupStore(buildStore({ chunkSectors: 1, exceptions: table }), {}, false);
    expect(await lookUp(await loadCore(), two, place, () => false)).toBeNull();
    expect((await lookUp(await loadCore(), two, place, () => true))?.kind).toBe("mapped");
  });
});

test("an invalid snapshot answers every read with EIO, a new one with the origin", async () => {
  const invalid = await lookupStore(fixtureBytes(fixture("overflow-origwrite-c128")));
  expect((await look(invalid, "origin", "chunk", 0)).reads).toEqual({ from: "error" });
  const fresh = await lookupStore(fixtureBytes(fixture("fresh-c8")));
  expect((await look(fresh, "origin", "chunk", 1)).reads?.from).toBe("origin");
});

test("whatever the store and the kernel, there is an answer that does not contradict itself", async () => {
  const kernels = ["modern", "6.1.192", "4.9.115", "2.6.32", "2.6.24", "2.6.11"];
  const seen = new Map<string, number>();
  for (const [at, row] of FIXTURES.entries()) {
    if (at % 8 !== 0) continue;
    const bytes = fixtureBytes(row);
    const kernel = kernels[(at / 8) % kernels.length] ?? "modern";
    const store = await lookupStore(bytes, { kernel }, at % 16 === 0);
    for (const number of [0n, 1n, 2n, 7n, 300n, 2n ** 63n]) {
      const there = await look(store, "origin", "chunk", number);
      expect(there.reads === null, `${row.id} ${number}`).toBe(there.noRead !== null);
      if (there.noRead !== null) seen.set(there.noRead, (seen.get(there.noRead) ?? 0) + 1);
      const back = await look(store, "cow", "byte", number * 512n + 5n);
      // Exceptions name chunks behind the end, too: those cannot be read.
      if (back.kind === "beyond-end" || back.kind === "tail") continue;
      const named = back.kind === "data" || back.entry === "exception";
      expect(back.exceptionCount !== "0", `${row.id} ${number} ${back.kind}`).toBe(named);
    }
  }
  expect([...seen.keys()].sort()).toEqual(["not-activated", "other-chunk-size"]);
}, 120_000);
