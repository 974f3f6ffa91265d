import { expect, test } from "vitest";
import { allocatedChunks } from "./allocation.ts";
import { checkBytes } from "./check-bytes.ts";
import type { Exception } from "./disk.ts";
import { headerBytes, SECTOR, SNAP_MAGIC } from "./disk.ts";
import { seededRng } from "./random.ts";
import { buildStore } from "./store-builder.ts";

/** Tables made to hurt: each puts all exceptions where dm_insert_exception() must search longest. */
const COUNT = 20_000;
const CHUNK_SECTORS = 8;
const chunks = allocatedChunks(COUNT, CHUNK_SECTORS);
const rng = seededRng(61578);
const chunkOf = (index: number) => chunks[index] ?? 2n;
const run = (length: bigint) => length << 56n;

const TABLES: Record<string, (index: number) => Exception> = {
  "one origin chunk for all": (i) => ({ old: 5n, new: chunkOf(i) }),
  "one origin chunk for all, each the start of a long run": (i) => ({
    old: 5n,
    new: chunkOf(i) | run(255n),
  }),
  "one bucket, ascending": (i) => ({ old: BigInt(i) << 40n, new: chunkOf(i) | run(1n) }),
  "one bucket, descending": (i) => ({ old: BigInt(COUNT - i) << 40n, new: chunkOf(i) | run(1n) }),
  noise: () => ({ old: rng.u64(), new: rng.u64() | 1n }),
};

test.each(Object.entries(TABLES))("%s: a report, in time", async (_, entry) => {
  const exceptions = chunks.map((_chunk, index) => entry(index));
  const cowSectors = CHUNK_SECTORS * 257 * Math.ceil(COUNT / 256 + 2);
  const data = () => new Uint8Array(0);
  const bytes = buildStore({ chunkSectors: CHUNK_SECTORS, exceptions, cowSectors, data });
  const { report } = await checkBytes(bytes);
  expect(report.exceptions.count).toBe(String(COUNT));
  expect(report.verdict.id).toBe("damaged");
});

test("areas without end: every byte 0xff, in the smallest chunks", async () => {
  const bytes = new Uint8Array(8 * 2 ** 20).fill(0xff);
  bytes.set(headerBytes(SNAP_MAGIC, 1, 1, 1));
  const { report } = await checkBytes(bytes);
  expect(report.kernel.errno).toBe("EIO");
  expect(report.areas.read).toBe(Math.floor((bytes.length / SECTOR - 2) / 33) + 1);
});
