import { describe, expect, test } from "vitest";
import { makeReport } from "../src/explain/report/report.ts";
import { DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { StoreFacts } from "../src/protocol/facts.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { createStoreService } from "../src/worker/store-service.ts";
import { loadCore } from "./check-bytes.ts";
import { FIXTURES, type Fixture, fixture, fixtureBytes } from "./fixtures.ts";
import { bundleBytes, check, lineOf, pack, storeIn } from "./packed.ts";

const sourceOf = (row: Fixture) => new BytesSource(new Uint8Array(fixtureBytes(row)));

const isStore = ({ looksLike, header }: StoreFacts) => looksLike === null && header !== null;

describe("the report of a bundle is the report of its image", () => {
  test("of every store, byte for byte; a bundle can be packed again", async () => {
    const keeps = new Map<string, number>();
    for (const [index, row] of FIXTURES.entries()) {
      const source = sourceOf(row);
      const checked = await check(source, {}, true);
      if (!isStore(checked.facts)) continue;
      const packing = await pack(source, checked);
      if (!packing) throw new Error(`${row.id} cannot be packed`);
      keeps.set(packing.keeps, (keeps.get(packing.keeps) ?? 0) + 1);
      const bundle = await bundleBytes(packing, checked);
      const inside = await storeIn(bundle);
      const again = await check(inside, {}, true);
      expect(lineOf(again.facts), row.id).toBe(lineOf(checked.facts));
      if (index % 8 > 0) continue;
      const repacked = await pack(inside, again);
      if (!repacked) throw new Error(`${row.id} cannot be packed again`);
      expect(lineOf((await check(repacked.view)).facts), row.id).toBe(lineOf(checked.facts));
    }
    const all = [...keeps.values()].reduce((sum, count) => sum + count, 0);
    expect(all).toBeGreaterThan(490);
    // Nearly all do with which bytes are zero.
    expect(keeps.get("zeros")).toBeGreaterThan(all - 30);
  }, 900_000);

  test.each([
    { kernel: "2.6.24" },
    { kernel: "6.1" },
    { tableChunk: 16 },
    { tableChunk: 0, blockSize: 4096 },
    { originSectors: 2048n },
  ])(
    "asked with %o",
    async (given) => {
      let packed = 0;
      for (const row of FIXTURES.filter((_, index) => index % 9 === 0)) {
        const source = sourceOf(row);
        const checked = await check(source, given, true);
        if (!isStore(checked.facts)) continue;
        const packing = await pack(source, checked);
        if (!packing) throw new Error(`${row.id} cannot be packed`);
        packed += 1;
        const inside = await storeIn(await bundleBytes(packing, checked));
        const again = await check(inside, given);
        expect(lineOf(again.facts), row.id).toBe(lineOf(checked.facts));
      }
      expect(packed).toBeGreaterThan(40);
    },
    300_000,
  );
});

/** Of an entry: old_chunk, then new_chunk. */
const SECRET = new TextEncoder().encode("SecretOfTheUser!");

/** Fills every chunk but the header's and the areas' with a pattern; counted here, not by the core. */
function withMarkedData(bytes: Uint8Array, { chunkSize, areasRead }: StoreFacts): Uint8Array {
  const marked = new Uint8Array(bytes);
  const chunkBytes = chunkSize * 512;
  for (let chunk = 1; chunk * chunkBytes < bytes.length; chunk++) {
    const stride = chunkBytes / 16 + 1;
    if ((chunk - 1) % stride === 0 && (chunk - 1) / stride < areasRead) continue;
    const end = Math.min((chunk + 1) * chunkBytes, bytes.length);
    for (let at = chunk * chunkBytes; at < end; at++) marked[at] = SECRET[at % 16] ?? 0;
  }
  return marked;
}

describe("data", () => {
  test("of every store with marked data chunks, nothing is in a bundle", async () => {
    let bundles = 0;
    for (const row of FIXTURES) {
      const { facts } = await check(sourceOf(row));
      if (!isStore(facts)) continue;
      const source = new BytesSource(withMarkedData(fixtureBytes(row), facts));
      const checked = await check(source, {}, true);
      // Where nothing but its data told it from anything else, another chunk size is taken now.
      if (!isStore(checked.facts) || checked.facts.chunkSize !== facts.chunkSize) continue;
      const packing = await pack(source, checked);
      if (!packing) throw new Error(`${row.id} cannot be packed`);
      bundles += 1;
      const bundle = Buffer.from(await bundleBytes(packing, checked));
      const found = ["Secr", "etOf", "TheU", "ser!"].filter((part) => bundle.includes(part));
      expect(found, row.id).toEqual([]);
    }
    expect(bundles).toBeGreaterThan(450);
  }, 900_000);
});

test("the page says of a bundle that there is no snapshot in it", async () => {
  const source = sourceOf(fixture("few-c8"));
  const checked = await check(source, {}, true);
  const packing = await pack(source, checked);
  if (!packing) throw new Error("it cannot be packed");
  const blob = new Blob([new Uint8Array(await bundleBytes(packing, checked))]);
  const service = createStoreService(loadCore);
  const looked = await service.look([{ name: "bundle.qcow2", blob }], () => {});
  if (!looked.ok || !looked.value) throw new Error("nothing was found in it");
  const { machine, tree } = looked.value;
  const node = tree.stores[0]?.node ?? -1;
  const opened = await service.openFound(machine, node, DEFAULT_OPTIONS, () => {});
  if (!opened.ok) throw new Error(opened.problem.message);
  const { handle, report } = opened.value.store;
  expect(report.verdict).toEqual(makeReport("", checked.facts).verdict);
  const origin = new Blob([new Uint8Array(1 << 20)]);
  const read = await service.snapshot(handle, origin, "origin", { kind: "none" }, () => {});
  expect(read).toMatchObject({ ok: false, problem: { code: "store.packed" } });
});
