import { describe, expect, test } from "vitest";
import type { FindingCode } from "../src/protocol/finding.ts";
import type { Report } from "../src/protocol/report.ts";
import { checkBytes } from "./check-bytes.ts";
import { FIXTURES, type Fixture, fixtureBytes } from "./fixtures.ts";
import { TRACES } from "./race-traces.ts";

const originOf = ({ originSectors }: Fixture) =>
  originSectors === null ? null : BigInt(originSectors);

async function check(fixture: Fixture): Promise<Report> {
  const options = { originSectors: originOf(fixture) };
  return (await checkBytes(fixtureBytes(fixture), options)).report;
}

/** Codes that tell of the past, in the order of a report, each once. */
function history(report: Report): FindingCode[] {
  const codes = report.findings.map(({ code }) => code);
  return [...new Set(codes)].filter((code) => /^(race|history)\.|orphan/.test(code)).sort();
}

const race = FIXTURES.filter(({ source }) => source === "race");
const traced = race.filter(({ id }) => id in TRACES);
const untraced = race.filter(({ id }) => !(id in TRACES));

describe(`${traced.length} stores that the race left keep its trace`, () => {
  test.each(traced)("$id", async (fixture) => {
    const report = await check(fixture);
    const { codes, stray } = TRACES[fixture.id] ?? { codes: [] };
    expect(history(report)).toEqual([...codes].sort());
    const finding = report.findings.find(({ code }) => code === "race.header.stray-exception");
    if (!stray) return expect(finding).toBeUndefined();
    const [first, last, count] = stray;
    expect(finding?.where).toMatchObject({
      chunk: "0",
      index: String(first),
      offset: String(first * 16),
      length: (last - first + 1) * 16,
    });
    expect(finding?.found).toMatch(new RegExp(`^${count} `));
  });

  test("the table names no store that is not there", () => {
    expect([traced.length, Object.keys(TRACES).length]).toEqual([28, 28]);
  });
});

test(`${untraced.length} stores from around the race keep none, w4-before-io among them`, async () => {
  expect(untraced.map(({ id }) => id)).toContain("w4-before-io");
  for (const fixture of untraced) {
    expect(history(await check(fixture)), fixture.id).toEqual([]);
  }
});

const header = (fixture: Fixture) => {
  const bytes = fixtureBytes(fixture);
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 16));
};
const untouched = FIXTURES.filter(
  ({ source, family, id }) => source === "store" || family === "control" || id.endsWith(".before"),
);
const sound = untouched.filter((fixture) => header(fixture)[1] === 1);
const overflowed = untouched.filter((fixture) => header(fixture)[1] === 0);

test(`${sound.length} healthy stores tell of no bug`, async () => {
  for (const fixture of sound) {
    const report = await check(fixture);
    expect(history(report), fixture.id).toEqual([]);
    expect(["healthy", "odd", "full"], fixture.id).toContain(report.verdict.id);
  }
});

test(`${overflowed.length} that overflowed under a kernel with the fix show no race`, async () => {
  for (const fixture of overflowed) {
    const report = await check(fixture);
    expect(history(report), fixture.id).toEqual([]);
    expect(report.verdict.id, fixture.id).toBe("invalidated");
  }
});

/** What a change to the bytes may look like, of those families that were not made to look like it. */
const NO_HISTORY = [
  "hdr_chunk",
  "hdr_chunk_fresh",
  "old_beyond",
  "new_beyond",
  "dup_old",
  "truncate",
];

test("damage that no such bug makes is not laid to one", async () => {
  const damaged = FIXTURES.filter(({ family }) => NO_HISTORY.includes(family));
  for (const fixture of damaged) {
    expect(history(await check(fixture)), fixture.id).toEqual([]);
  }
  expect(new Set(damaged.map(({ family }) => family)).size).toBe(NO_HISTORY.length);
});
