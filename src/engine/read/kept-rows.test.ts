import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allocatedChunks } from "../../../testing/allocation.ts";
import type { Exception } from "../../../testing/disk.ts";
import { buildStore } from "../../../testing/store-builder.ts";
import { DEFAULT_OPTIONS } from "../../protocol/check.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { checkStore } from "../check/check.ts";
import { copyRows, filterRows } from "./kept-rows.ts";
import { TableTooLarge } from "./read-areas.ts";

const compiled = await WebAssembly.compile(readFileSync("build/core.wasm"));

/** Entries in allocation order; an old chunk every 3. */
function tableOf(count: number, change: (entry: Exception, at: number) => Exception = (e) => e) {
  return allocatedChunks(count, 8).map((chunk, at) =>
    change({ old: BigInt(at * 3), new: chunk }, at),
  );
}

function imageOf(exceptions: Exception[]): BytesSource {
  const cowSectors = 8 * (exceptions.length + Math.ceil(exceptions.length / 256) + 3);
  const data = () => new Uint8Array(0);
  return new BytesSource(buildStore({ chunkSectors: 8, exceptions, cowSectors, data }));
}

/** @param memory bytes that the core may take. */
async function check(exceptions: Exception[], memory?: bigint) {
  const hooks = { afterBatch: () => true };
  const source = imageOf(exceptions);
  const checked = await checkStore(compiled, source, DEFAULT_OPTIONS, true, hooks, memory);
  if (!checked) throw new Error("cancelled");
  return checked;
}

const flat = (exceptions: Exception[]) =>
  BigUint64Array.from(exceptions.flatMap(({ old, new: chunk }) => [old, chunk]));
const every = { old: null, new: null };

test("thousands of pages and filters: the same rows as at first, and not a byte more memory", async () => {
  const table = tableOf(20_000);
  const { core, rowsKept } = await check(table);
  expect(rowsKept).toBe(true);
  // The first one makes the window.
  copyRows(core, 0, 5000);
  const before = core.memory.buffer.byteLength;
  // Each had 80,000 bytes of its own: 320 MB, and after some thousands more the rows were wrong.
  for (let time = 0; time < 2000; time++) {
    const first = (time * 71) % 20_000;
    copyRows(core, first, 5000);
    filterRows(core, { old: { first: BigInt(first), last: BigInt(first) }, new: null });
  }
  expect(core.memory.buffer.byteLength).toBe(before);
  expect(copyRows(core, 0, 20_000)).toEqual(flat(table));
  expect(copyRows(core, 19_990, 1000)).toEqual(flat(table.slice(19_990)));
  expect(copyRows(core, 20_000, 10)).toHaveLength(0);
  const { total, rows } = filterRows(core, { old: { first: 299n, last: 306n }, new: null });
  expect([total, ...rows]).toEqual([3, 100, 101, 102]);
  expect(filterRows(core, every).rows).toEqual(Uint32Array.from(table.keys()));
});

test("more rows than pass through the window at once", async () => {
  const table = tableOf(300_000);
  const { core } = await check(table);
  expect(core.WINDOW_BYTES.value / 16).toBeLessThan(300_000);
  expect(copyRows(core, 5, 299_995)).toEqual(flat(table.slice(5)));
});

/** What a table without rows takes, most of it the window, and what rows leave to the rest. */
const EMPTY = 6n << 20n;
const SPARE = 512n << 20n;

test.each([
  ["from the first on", EMPTY],
  ["from the middle on", SPARE + (3n << 19n)],
])("rows that do not fit, %s: the check goes on without them", async (_, memory) => {
  const table = tableOf(100_000);
  const roomy = await check(table);
  const { core, facts, rowsKept } = await check(table, memory);
  expect(rowsKept).toBe(false);
  expect(facts).toEqual(roomy.facts);
  expect(facts.exceptions).toBe(100_000n);
  expect(copyRows(core, 0, 10)).toHaveLength(0);
  expect(filterRows(core, every)).toEqual({ total: 0, rows: new Uint32Array(0) });
});

test("what only the rows could settle is said to be unsettled, where they do not fit", async () => {
  // Two far origin chunks, the same one: found as long as the rows are there.
  const table = tableOf(1000, (entry, at) =>
    at % 500 === 7 ? { ...entry, old: 2n ** 40n } : entry,
  );
  const roomy = await check(table);
  expect(roomy.facts.counts.get("exception.old.duplicate")).toBe(1n);
  expect(roomy.facts.counts.has("exception.table.unsettled")).toBe(false);
  const { facts } = await check(table, EMPTY);
  expect(facts.counts.has("exception.old.duplicate")).toBe(false);
  const unsettled = facts.findings.find(({ code }) => code === "exception.table.unsettled");
  expect(unsettled).toMatchObject({ found: 2n, area: null, offset: null });
});

test("not even what every table needs fits: a problem with a name, no trap", async () => {
  // A bitmap up to this origin chunk takes 64 MiB.
  const table = tableOf(100, (entry, at) => (at === 7 ? { ...entry, old: 2n ** 28n } : entry));
  await expect(check(table, EMPTY)).rejects.toThrow(TableTooLarge);
  expect((await check(table)).facts.exceptions).toBe(100n);
});
