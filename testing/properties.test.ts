import fc from "fast-check";
import { expect, test } from "vitest";
import { FINDINGS_PER_CODE, type Report, VERDICT_IDS } from "../src/protocol/report.ts";
import { randomStore } from "./allocation.ts";
import { checkBytes } from "./check-bytes.ts";
import { randomDamage } from "./damage.ts";
import { entriesPerArea, entryBytes, headerBytes, SECTOR, SNAP_MAGIC } from "./disk.ts";
import { askOracle, LINUX_NEWEST } from "./oracle.ts";
import { seededRng } from "./random.ts";

/** Table chunk sizes that a table line can hold: none, too small, right, too large. */
const tableChunk = fc.constantFrom(0, 1, 2, 4, 8, 16, 32, 256);
const blockSize = fc.constantFrom(512, 512, 4096);
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

interface Asked {
  tableChunk: number;
  blockSize: number;
}

/** What must be true of every report, whatever the bytes. */
async function expectSoundReport(
  bytes: Uint8Array,
  asked: Asked,
  originSectors: bigint | null = 4096n,
): Promise<Report> {
  const { report, read } = await checkBytes(bytes, { ...asked, originSectors });
  const { merge: _, ...kernel } = report.kernel;
  expect(kernel).toEqual(askOracle(bytes, { ...asked, kernel: LINUX_NEWEST }));
  expect(VERDICT_IDS).toContain(report.verdict.id);
  for (const [code, count] of Object.entries(report.findingCounts)) {
    const listed = report.findings.filter((finding) => finding.code === code).length;
    expect(listed, code).toBe(Math.min(Number(count), FINDINGS_PER_CODE));
  }
  // Twice through the table, once over the start for guesses: never more, whatever the table says.
  expect(read.bytes).toBeLessThanOrEqual(4 * bytes.length + 2 ** 22);
  return report;
}

test("any bytes at all end in a report, and its kernel is the oracle's", async () => {
  const anyBytes = fc.uint8Array({ maxLength: 20 * SECTOR, size: "max" });
  await fc.assert(
    fc.asyncProperty(anyBytes, tableChunk, blockSize, async (bytes, chunk, block) => {
      await expectSoundReport(bytes, { tableChunk: chunk, blockSize: block });
    }),
    { numRuns: 200 },
  );
});

test("any table behind a header that the kernel takes", async () => {
  const small = fc.bigInt({ min: 0n, max: 600n });
  const word = fc.oneof(
    { weight: 6, arbitrary: small },
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  );
  const entries = fc.array(fc.record({ old: word, new: word }), { maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(entries, fc.constantFrom(1, 2, 8), tableChunk, async (table, size, chunk) => {
      const bytes = new Uint8Array(40 * size * SECTOR);
      bytes.set(headerBytes(SNAP_MAGIC, 1, 1, size));
      const fitting = table.slice(0, entriesPerArea(size));
      fitting.forEach((entry, index) => {
        bytes.set(entryBytes(entry), size * SECTOR + index * 16);
      });
      await expectSoundReport(bytes, { tableChunk: chunk, blockSize: 512 });
    }),
    { numRuns: 250 },
  );
});

test("any damage to any store", async () => {
  await fc.assert(
    fc.asyncProperty(seed, tableChunk, blockSize, async (from, chunk, block) => {
      const rng = seededRng(from);
      const damaged = randomDamage(randomStore(rng), rng);
      await expectSoundReport(damaged.bytes, { tableChunk: chunk, blockSize: block });
    }),
    { numRuns: 250 },
  );
});

test("in a store as the kernel makes it nothing is found but that it is full", async () => {
  await fc.assert(
    fc.asyncProperty(seed, async (from) => {
      const { spec, bytes } = randomStore(seededRng(from));
      const asked = { tableChunk: spec.chunkSectors, blockSize: 512 };
      const report = await expectSoundReport(bytes, asked, null);
      const [allocated = 0, total = 0] = (report.kernel.status ?? "").split(/[/ ]/).map(Number);
      // persistent_prepare_exception(): is there room for one chunk more?
      const full = allocated + spec.chunkSectors > total;
      const exceptions = Number(report.exceptions.count);
      const endsThere = exceptions > 0 && exceptions % report.areas.exceptionsPerArea === 0;
      const found = full
        ? ["store.full", ...(endsThere ? ["store.ends-behind-full-area"] : [])]
        : [];
      expect(report.findings.map(({ code }) => code)).toEqual(found);
      expect(report.verdict.id).toBe(full ? "full" : "healthy");
    }),
    { numRuns: 60 },
  );
});
