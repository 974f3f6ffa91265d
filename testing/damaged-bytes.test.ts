import { describe, expect, test } from "vitest";
import type { DamageReport } from "../src/protocol/lookup.ts";
import { FIXTURES, fixtureBytes } from "./fixtures.ts";
import { damageOf, lookupStore } from "./lookup.ts";
import { buildStore } from "./store-builder.ts";

const of = (report: DamageReport, kind: string) =>
  report.damage.find((one) => one.kind === kind)?.ranges ?? [];

/**
 * Stores of which a real kernel's snapshot was read: which chunks it answered with EIO. All that had
 * such chunks, and one of four that had none.
 */
const READ = FIXTURES.flatMap((row) =>
  row.verdicts.flatMap(({ tableChunk, unreadableChunks, readChunkBytes, status }) =>
    unreadableChunks && readChunkBytes && status !== "Invalid" && row.originSectors
      ? [{ row, tableChunk, unreadableChunks, readChunkBytes, originSectors: row.originSectors }]
      : [],
  ),
).filter(({ unreadableChunks }, at) => unreadableChunks.length > 0 || at % 4 === 0);

test("what a real kernel answered with EIO, and nothing else, is unreadable", async () => {
  let met = 0;
  for (const { row, tableChunk, unreadableChunks, readChunkBytes, originSectors } of READ) {
    const options = { tableChunk, originSectors: BigInt(originSectors), kernel: "6.1.192" };
    const store = await lookupStore(fixtureBytes(row), options);
    if (store.facts.activation.outcome !== "read-areas") continue;
    if (store.facts.chunkSize * 512 !== readChunkBytes) continue;
    const chunks = of(await damageOf(store), "unreadable").flatMap(({ offset, length }) => {
      const first = Number(offset) / readChunkBytes;
      const last = Math.ceil((Number(offset) + Number(length)) / readChunkBytes) - 1;
      return [[first, last]];
    });
    expect({ id: row.id, chunks }).toEqual({ id: row.id, chunks: unreadableChunks });
    if (chunks.length > 0) met++;
  }
  expect(met).toBeGreaterThan(20);
}, 120_000);

describe("by hand, chunks of 1 sector", () => {
  const pair = (old: number, chunk: number) => ({ old: BigInt(old), new: BigInt(chunk) });
  const damage = async (table: ReturnType<typeof pair>[], keep = true) => {
    const bytes = buildStore({ chunkSectors: 1, exceptions: table, cowSectors: 40 });
    return damageOf(await lookupStore(bytes, { originSectors: 100n }, keep));
  };
  const range = (chunk: number, chunks = 1) => ({
    offset: String(chunk * 512),
    length: String(chunks * 512),
  });

  test("a healthy table costs nothing", async () => {
    expect(await damage([pair(7, 2), pair(3, 3)])).toMatchObject({ damage: [], more: false });
  });

  test("the store's own bookkeeping, neighbours as one range", async () => {
    const report = await damage([pair(7, 1), pair(8, 34), pair(20, 2)]);
    expect(of(report, "bookkeeping")).toEqual([range(7, 2)]);
  });

  test("a data chunk of two, and a chunk with two data chunks", async () => {
    const report = await damage([pair(7, 2), pair(9, 2), pair(20, 3), pair(20, 4), pair(30, 5)]);
    expect(of(report, "doubtful")).toEqual([range(7), range(9), range(20)]);
    const unkept = await damage([pair(7, 2), pair(9, 2)], false);
    expect(unkept).toMatchObject({ damage: [], more: true });
  });

  test("bits 56-63 cost the chunks that they reach over", async () => {
    const acting = { old: 40n, new: 5n | (2n << 56n) };
    expect(of(await damage([acting]), "doubtful")).toEqual([range(40, 3)]);
  });

  test("behind a cleared entry, what no other exception stands for is lost", async () => {
    const table = [pair(7, 2), pair(8, 3), pair(9, 4), pair(30, 5)];
    const bytes = buildStore({ chunkSectors: 1, exceptions: table, cowSectors: 40 });
    bytes.fill(0, 512 + 16, 512 + 32);
    const report = await damageOf(await lookupStore(bytes, { originSectors: 100n }));
    expect(of(report, "lost")).toEqual([range(9), range(30)]);
  });

  test("the origin's last chunk ends where the origin does", async () => {
    const bytes = buildStore({ chunkSectors: 2, exceptions: [pair(4, 90)], cowSectors: 40 });
    const report = await damageOf(await lookupStore(bytes, { originSectors: 9n }));
    expect(of(report, "unreadable")).toEqual([{ offset: "4096", length: "512" }]);
  });
});

test("no store is no table", async () => {
  const report = await damageOf(await lookupStore(new Uint8Array(4096).fill(65)));
  expect(report.damage).toEqual([]);
});
