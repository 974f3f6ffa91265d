import { describe, expect, test } from "vitest";
import type { FindingCode } from "../src/protocol/finding.ts";
import { allocatedChunks, consecutive, exceptionsFor, fullAreas, withHoles } from "./allocation.ts";
import { checkBytes } from "./check-bytes.ts";
import {
  areaChunk,
  chunkBytes,
  type Exception,
  entriesPerArea,
  entryBytes,
  entryOffset,
  headerBytes,
  SNAP_MAGIC,
} from "./disk.ts";
import { seededRng } from "./random.ts";
import { buildStore } from "./store-builder.ts";

const chunkSectors = 1;
const PER_AREA = entriesPerArea(chunkSectors);
const cowSectors = 4 * (PER_AREA + 1) + 2;

/** A store with these exceptions, its header as an overflow leaves it if it is not valid. */
const storeOf = (exceptions: readonly Exception[], valid = 1) =>
  buildStore({ chunkSectors, exceptions, cowSectors, valid });

function wipe(bytes: Uint8Array, area: number, entries = PER_AREA): Uint8Array {
  const start = areaChunk(area, chunkSectors) * chunkBytes(chunkSectors);
  return bytes.fill(0, start, start + entries * 16);
}

async function check(bytes: Uint8Array) {
  const { report } = await checkBytes(bytes, { tableChunk: chunkSectors });
  const codes = report.findings.map(({ code }) => code);
  return { report, codes };
}

async function find(bytes: Uint8Array, code: FindingCode) {
  const { report } = await check(bytes);
  return report.findings.find((finding) => finding.code === code);
}

/** More than two areas, in order. */
const deep = exceptionsFor(
  Array.from({ length: 2 * PER_AREA + 9 }, (_, index) => BigInt(2 * index)),
  chunkSectors,
);

test("history.cve-2013-4299: area 1 begins with an exception that maps to area 1", async () => {
  const own = BigInt(areaChunk(1, chunkSectors));
  const exceptions = [
    ...fullAreas(1, chunkSectors),
    { old: 901n, new: own },
    { old: 905n, new: own + 1n },
  ];
  const finding = await find(storeOf(exceptions), "history.cve-2013-4299");
  expect(finding).toMatchObject({
    severity: "fatal",
    where: { area: "1", index: "0", chunk: String(own) },
    found: String(own),
  });
  const { report } = await check(storeOf(exceptions));
  expect(report.verdict.cause).toContain("CVE-2013-4299");
});

test("an exception that maps to another area's chunk is no CVE-2013-4299", async () => {
  const other = BigInt(areaChunk(2, chunkSectors));
  const exceptions = [...fullAreas(1, chunkSectors), { old: 901n, new: other }];
  expect((await check(storeOf(exceptions))).codes).not.toContain("history.cve-2013-4299");
});

test("history.bufio-area: garbage, and behind it the newest exception in its place", async () => {
  const rng = seededRng(314);
  const exceptions = consecutive(3n, 9, chunkSectors).map((exception, index) =>
    index < 8 ? { old: rng.u64(), new: rng.u64() | 1n } : exception,
  );
  const finding = await find(storeOf(exceptions), "history.bufio-area");
  expect(finding?.where).toMatchObject({ area: "0", index: "8" });
});

test("history.holes: chunks that were allocated and never committed", async () => {
  const exceptions = withHoles(consecutive(3n, 20, chunkSectors), new Set([4, 5, 11]));
  const finding = await find(storeOf(exceptions), "history.holes");
  expect(finding).toMatchObject({ severity: "note" });
  expect(finding?.found).toContain("3");
  expect((await check(storeOf(exceptions))).report.verdict.id).toBe("odd");
});

test("history.reformatted: area 0 is empty, area 1 is not", async () => {
  const finding = await find(wipe(storeOf(deep), 0), "history.reformatted");
  expect(finding).toMatchObject({ severity: "problem", where: { area: "1" } });
});

test("history.reformatted, a note: a new table that has not come to the old one's area 1", async () => {
  const bytes = wipe(storeOf(deep), 0);
  consecutive(500n, 3, chunkSectors).forEach((exception, index) => {
    bytes.set(entryBytes(exception), entryOffset(index, chunkSectors));
  });
  expect(await find(bytes, "history.reformatted")).toMatchObject({ severity: "note" });
});

test("store.orphan-area: area 1 is empty, area 2 is not", async () => {
  const { report, codes } = await check(wipe(storeOf(deep), 1));
  expect(codes).toContain("store.orphan-area");
  expect(codes).not.toContain("history.reformatted");
  expect(report.verdict.id).toBe("damaged");
});

describe("race.area.wiped", () => {
  test("the first entries are gone, those behind them stay", async () => {
    const bytes = wipe(storeOf(consecutive(7n, 9, chunkSectors), 0), 0, 6);
    const finding = await find(bytes, "race.area.wiped");
    expect(finding?.where).toMatchObject({ area: "0", index: "6" });
  });

  test("the whole area is gone, the next one stays", async () => {
    expect((await check(wipe(storeOf(deep, 0), 0))).codes).toContain("race.area.wiped");
  });

  test("not where the header says valid: only an invalidation races", async () => {
    const some = wipe(storeOf(consecutive(7n, 9, chunkSectors)), 0, 6);
    for (const bytes of [some, wipe(storeOf(deep), 0), wipe(storeOf(deep), 1)]) {
      expect((await check(bytes)).codes).not.toContain("race.area.wiped");
    }
  });
});

/** What the header reads as, and the words of the finding that show which tear it is. */
const TEARS: [string, [number, number, number, number], RegExp][] = [
  ["old_chunk over magic and valid", [25, 0, 1, chunkSectors], /two halves of old_chunk 25;/],
  ["new_chunk over version and chunk_size", [SNAP_MAGIC, 0, 4, 0], /two halves of new_chunk 4;/],
  ["its low half over version", [SNAP_MAGIC, 0, 4, chunkSectors], /low half of a new_chunk/],
  ["a memset over version", [SNAP_MAGIC, 0, 0, chunkSectors], /a memset leaves/],
  ["a memset over chunk_size", [SNAP_MAGIC, 0, 1, 0], /a memset leaves/],
  ["a memset over both", [SNAP_MAGIC, 0, 0, 0], /a memset leaves/],
];

describe("race.header.torn", () => {
  test.each(TEARS)("%s", async (_, words, message) => {
    const bytes = storeOf(consecutive(7n, 9, chunkSectors));
    bytes.set(headerBytes(...words));
    const { report, codes } = await check(bytes);
    expect(codes.filter((code) => code.startsWith("race."))).toEqual(["race.header.torn"]);
    const finding = report.findings.find(({ code }) => code === "race.header.torn");
    expect(finding?.message).toMatch(message);
    expect(report.verdict.cause).toContain("header race on invalidation");
    // The same words as the finding's, up to its "; how sure".
    const which = /: (.*);/.exec(finding?.message ?? "")?.[1] ?? "";
    expect(report.verdict.cause).toContain(`The header is torn: ${which}. `);
  });

  test("not where valid is 1: the invalidating thread has written 0", async () => {
    const bytes = storeOf(consecutive(7n, 9, chunkSectors));
    bytes.set(headerBytes(SNAP_MAGIC, 1, 4, 0));
    expect((await check(bytes)).codes.filter((code) => code.startsWith("race."))).toEqual([]);
  });
});

test("area.lost-exceptions: an entry in the middle was cleared", async () => {
  const bytes = storeOf(consecutive(7n, 9, chunkSectors));
  const lost = entryOffset(4, chunkSectors);
  bytes.fill(0, lost, lost + 16);
  const finding = await find(bytes, "area.lost-exceptions");
  expect(finding?.where).toMatchObject({ area: "0", index: "5" });
  expect((await check(bytes)).report.verdict.id).toBe("damaged");
});

test("header.chunk-size.contradicted: another size fits the table", async () => {
  const exceptions = exceptionsFor(
    Array.from({ length: 40 }, (_, index) => BigInt(3 * index)),
    8,
  );
  const bytes = buildStore({ chunkSectors: 8, exceptions, headerChunkSize: 2 });
  const { report } = await checkBytes(bytes, { tableChunk: 8 });
  const finding = report.findings.find(({ code }) => code === "header.chunk-size.contradicted");
  expect(finding?.expected).toContain("8");
  // Never silently for the verdict: the kernel takes the header's.
  expect(report.chunkSize).toMatchObject({ sectors: 2, from: "header" });
});

test("the header in an area tells the chunk size, though nothing else does", async () => {
  // Both outcomes at once: exceptions in chunk 0, the header where area 0 should be.
  const bytes = buildStore({ chunkSectors: 8, exceptions: [], cowSectors: 1024 });
  allocatedChunks(200, 8).forEach((chunk, index) => {
    bytes.set(entryBytes({ old: BigInt(index + 10), new: chunk }), index * 16);
  });
  bytes.set(headerBytes(SNAP_MAGIC, 0, 1, 8), chunkBytes(8));
  const { report } = await checkBytes(bytes);
  expect(report.chunkSize).toMatchObject({ sectors: 8, from: "inferred" });
  expect(report.findings.map(({ code }) => code)).toContain("race.area.header");
});
