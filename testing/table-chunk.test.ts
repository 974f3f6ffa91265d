import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkBytes } from "./check-bytes.ts";
import { fixtureBytes, fixture as row } from "./fixtures.ts";

interface Sample {
  file: string;
  tableChunk?: number;
  originSectors?: number;
}

const all: Sample[] = JSON.parse(
  readFileSync(new URL("../src/views/start/samples.json", import.meta.url), "utf8"),
);
/** A whole disk has no table of its own. */
const samples = all.filter(
  (sample): sample is Required<Sample> =>
    sample.tableChunk !== undefined && sample.originSectors !== undefined,
);

const tableOf = async (bytes: Uint8Array, options = {}) => {
  const { tableChunk, tableChunkFrom } = (await checkBytes(bytes, options)).report.options;
  return [tableChunk, tableChunkFrom];
};

const fixture = (id: string): Uint8Array => fixtureBytes(row(id)).slice();
const healthy = (): Uint8Array => fixture("few-c16");

/** Sets the header's chunk size (CONTRACT: a u32 at byte 12). */
function withHeaderChunk(bytes: Uint8Array, sectors: number): Uint8Array {
  new DataView(bytes.buffer).setUint32(12, sectors, true);
  return bytes;
}

test("what is given stands above all, 0 too", async () => {
  expect(await tableOf(healthy(), { tableChunk: 0, lvmChunk: 16 })).toEqual([0, "given"]);
  expect(await tableOf(healthy(), { tableChunk: 4 })).toEqual([4, "given"]);
});

test("then what the volume group's metadata say", async () => {
  expect(await tableOf(healthy(), { lvmChunk: 8 })).toEqual([8, "lvm"]);
});

test("then the header's own, where today's kernel would accept it", async () => {
  expect(await tableOf(healthy())).toEqual([16, "header"]);
  expect(await tableOf(withHeaderChunk(healthy(), 4))).toEqual([4, "header"]);
});

test("then the size that fits the bytes", async () => {
  expect(await tableOf(withHeaderChunk(healthy(), 0))).toEqual([16, "inferred"]);
  expect(await tableOf(withHeaderChunk(healthy(), 48))).toEqual([16, "inferred"]);
  // 16 sectors are no multiple of such a block; the store was made with them all the same.
  expect(await tableOf(healthy(), { blockSize: 16_384 })).toEqual([16, "inferred"]);
});

test("and 8 where nothing tells, never 0", async () => {
  expect(await tableOf(new Uint8Array(1 << 20))).toEqual([8, "default"]);
  expect(await tableOf(withHeaderChunk(fixture("fresh-c32"), 0))).toEqual([8, "default"]);
  expect(await tableOf(new Uint8Array(1 << 20).fill(0xa5))).toEqual([8, "default"]);
});

test("the crash of bug 461506 is shown without a word about the table", async () => {
  const { report } = await checkBytes(withHeaderChunk(healthy(), 0));
  expect(report.ages.some(({ crash }) => crash === "kernel BUG at mm/mempool.c")).toBe(true);
});

test.each(samples)(
  "$file: dropped, the kernel does what it did with the sample's table",
  async (sample) => {
    const bytes = readFileSync(new URL(`../public/samples/${sample.file}`, import.meta.url));
    const asked = { tableChunk: sample.tableChunk, originSectors: BigInt(sample.originSectors) };
    const recorded = (await checkBytes(bytes, asked)).report;
    const dropped = (await checkBytes(bytes)).report;
    expect(dropped.kernel).toEqual(recorded.kernel);
    expect(dropped.verdict.id).toBe(recorded.verdict.id);
  },
);
