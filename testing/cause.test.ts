import { expect, test } from "vitest";
import type { Report } from "../src/protocol/report.ts";
import { consecutive, exceptionsFor, fullAreas } from "./allocation.ts";
import { checkBytes } from "./check-bytes.ts";
import { areaChunk, type Exception, entryOffset } from "./disk.ts";
import { buildStore } from "./store-builder.ts";

const chunkSectors = 8;

const cause = (report: Report): string => report.verdict.cause;

const message = (report: Report, code: string): string => {
  const words = report.findings.find((finding) => finding.code === code)?.message ?? "";
  expect(words, code).not.toBe("");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

test("a chunk size that the bytes contradict comes before all that was read by it", async () => {
  const exceptions = exceptionsFor(
    Array.from({ length: 40 }, (_, index) => BigInt(3 * index)),
    chunkSectors,
  );
  const bytes = buildStore({ chunkSectors, exceptions, headerChunkSize: 2 });
  const { report } = await checkBytes(bytes, { tableChunk: chunkSectors });
  expect(report.findings.length).toBeGreaterThan(1);
  expect(cause(report).startsWith(message(report, "header.chunk-size.contradicted"))).toBe(true);
});

test("what tells how it came about comes first, then the worst, and notes last", async () => {
  // Entry 2 lies beyond the device, 3 and 4 are out of order, entry 6 was cleared before 7 and 8.
  const right = consecutive(7n, 9, chunkSectors);
  const exceptions: Exception[] = [0, 1, 2, 4, 3, 5, 6, 7, 8].flatMap((at) => right[at] ?? []);
  exceptions[2] = { old: 99n, new: 999_999n };
  const bytes = buildStore({ chunkSectors, exceptions, cowSectors: 4096 });
  const cleared = entryOffset(6, chunkSectors);
  bytes.fill(0, cleared, cleared + 16);
  const { report } = await checkBytes(bytes, { tableChunk: chunkSectors });
  // On the device the notes on order come before, and the loss behind both.
  const loss = message(report, "area.lost-exceptions");
  const beyond = message(report, "exception.new.beyond-device");
  expect(cause(report).startsWith(`${loss}. ${beyond}. `)).toBe(true);
  expect(beyond).toMatch(
    /^Entry 2 of area 0 .*\(new_chunk 999999\): origin chunk 99 cannot be read/,
  );
});

test("the finding behind the named cause is not told a second time", async () => {
  const own = BigInt(areaChunk(1, chunkSectors));
  const exceptions = [
    ...fullAreas(1, chunkSectors),
    { old: 901n, new: own },
    { old: 905n, new: own + 1n },
  ];
  const bytes = buildStore({ chunkSectors, exceptions, cowSectors: 16_384 });
  const { report } = await checkBytes(bytes, { tableChunk: chunkSectors });
  expect(report.verdict.id).toBe("damaged");
  expect(cause(report)).not.toContain(message(report, "history.cve-2013-4299"));
  expect(cause(report).match(/CVE-2013-4299/g)).toHaveLength(1);
  expect(cause(report)).toContain(message(report, "exception.new.metadata"));
});

test("of more findings than are listed each still has its own numbers", async () => {
  const exceptions = consecutive(7n, 100, chunkSectors).map(({ old }) => ({
    old,
    new: 50_000n + old,
  }));
  const bytes = buildStore({ chunkSectors, exceptions, cowSectors: 4096 });
  const { report } = await checkBytes(bytes, { tableChunk: chunkSectors });
  const told = report.findings.filter(({ code }) => code === "exception.new.beyond-device");
  expect(told).toHaveLength(32);
  told.forEach(({ message: words }, at) => {
    expect(words).toContain(`origin chunk ${7 + at} cannot`);
  });
});
