import { expect, test } from "vitest";
import { allocatedChunks } from "./allocation.ts";
import { checkBytes } from "./check-bytes.ts";
import type { Exception } from "./disk.ts";
import { headerBytes, SECTOR, SNAP_MAGIC } from "./disk.ts";
import { seededRng } from "./random.ts";
import { buildStore } from "./store-builder.ts";

/**
 * Tables made to hurt: each puts all exceptions where dm_insert_exception() must search longest.
 * A search that looked at all others would take COUNT²/2 steps, twenty times what the audit allows
 * itself before it gives up with a finding.
 */
const COUNT = 100_000;
const AUDIT_STEPS = 2 ** 28;
const CHUNK_SECTORS = 1;
const chunks = allocatedChunks(COUNT, CHUNK_SECTORS);
const rng = seededRng(61578);
const chunkOf = (index: number) => chunks[index] ?? 2n;
const run = (length: bigint) => length << 56n;

const SPREAD: Record<string, (index: number) => Exception> = {
  // No entry acts as a run: the table need not be tried at all.
  "one origin chunk for all": (i) => ({ old: 5n, new: chunkOf(i) }),
  // Far apart, so that the kernel's own buckets hold them all in one list: for 6.1 ours do not.
  "one bucket, ascending": (i) => ({ old: BigInt(i) << 40n, new: chunkOf(i) | run(1n) }),
  "one bucket, descending": (i) => ({ old: BigInt(COUNT - i) << 40n, new: chunkOf(i) | run(1n) }),
  "pages of 256, full of runs": (i) => ({ old: BigInt(i), new: chunkOf(i) | run(BigInt(i % 250)) }),
  noise: () => ({ old: rng.u64(), new: rng.u64() | 1n }),
};

/** Linux 6.1, whose ordered lists can be kept apart by pages; the newest kernels have buckets. */
async function reportOf(entry: (index: number) => Exception, kernel = "6.1.192") {
  const exceptions = chunks.map((_chunk, index) => entry(index));
  const cowSectors = CHUNK_SECTORS * 33 * Math.ceil(COUNT / 32 + 2);
  const data = () => new Uint8Array(0);
  const bytes = buildStore({ chunkSectors: CHUNK_SECTORS, exceptions, cowSectors, data });
  const { report } = await checkBytes(bytes, { kernel });
  expect(report.exceptions.count).toBe(String(COUNT));
  return report;
}

test.each(Object.entries(SPREAD))(
  "%s: wholly settled, within the audit's steps",
  async (_, entry) => {
    const report = await reportOf(entry);
    expect(report.verdict.id).toBe("damaged");
    expect(report.findings.map(({ code }) => code)).not.toContain("exception.table.tangled");
  },
);

test("one origin chunk for all, each the start of a long run: given up, and said so", async () => {
  const report = await reportOf((i) => ({ old: 5n, new: chunkOf(i) | run(255n) }));
  expect(report.verdict.id).toBe("damaged");
  const tangled = report.findings.find(({ code }) => code === "exception.table.tangled");
  const steps = Number(/^(\d+) steps$/.exec(tangled?.found ?? "")?.[1]);
  // It stops within one search of the limit, and a search looks at each entry once.
  expect(steps).toBeGreaterThan(AUDIT_STEPS);
  expect(steps).toBeLessThan(AUDIT_STEPS + COUNT);
  expect(tangled?.where.index).not.toBeNull();
});

test("one bucket under the newest kernel, which walks it as long: given up, and said so", async () => {
  const entry = SPREAD["one bucket, ascending"];
  if (!entry) throw new Error("no such table");
  const report = await reportOf(entry, "modern");
  expect(report.findings.map(({ code }) => code)).toContain("exception.table.tangled");
});

test("areas without end: every byte 0xff, in the smallest chunks", async () => {
  const bytes = new Uint8Array(8 * 2 ** 20).fill(0xff);
  bytes.set(headerBytes(SNAP_MAGIC, 1, 1, 1));
  const { report } = await checkBytes(bytes);
  expect(report.kernel.errno).toBe("EIO");
  expect(report.areas.read).toBe(Math.floor((bytes.length / SECTOR - 2) / 33) + 1);
});
