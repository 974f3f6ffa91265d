import { expect, test } from "vitest";
import { checkBytes, loadCore } from "../../../testing/check-bytes.ts";
import { FIXTURES, fixtureBytes } from "../../../testing/fixtures.ts";
import { loadRace, unwrap } from "../../../testing/race-core.ts";
import { DEFAULT_OPTIONS } from "../../protocol/check.ts";
import type { RetraceQuestion } from "../../protocol/retrace.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { checkToTheEnd } from "../check/check.ts";
import { raceStart } from "./start.ts";

const race = await loadRace();
const compiled = await loadCore();

/** The question as the page asks it of an open store. */
async function questionOf(bytes: Uint8Array): Promise<RetraceQuestion> {
  const source = new BytesSource(bytes);
  const { core, facts } = await checkToTheEnd(compiled, source, DEFAULT_OPTIONS, false);
  const start = await raceStart(core, source, facts);
  const chunkBytes = start.chunkSize * 512;
  const area = (1 + start.area * (start.entriesPerArea + 1)) * chunkBytes;
  return {
    start,
    headerChunk: Uint8Array.from(bytes.subarray(0, chunkBytes)),
    areaChunk: Uint8Array.from(bytes.subarray(area, area + chunkBytes)),
    cowChunks: BigInt(Math.floor(bytes.length / chunkBytes)),
    originChunks: null,
  };
}

const raced = FIXTURES.filter(({ family }) => ["race_corrupted", "race_natural"].includes(family));

test("what a real kernel left of a store in this race is retraced to the byte", async () => {
  let retracings = 0;
  for (const fixture of raced) {
    const bytes = fixtureBytes(fixture);
    const { report } = await checkBytes(bytes);
    // In one the invalidation came last and met nobody: there is nothing to retrace.
    if (!report.findings.some(({ code }) => code.startsWith("race."))) continue;
    const question = await questionOf(bytes);
    const retraced = unwrap(race.retrace(question));
    if (retraced === null) throw new Error(`${fixture.id} is not retraced`);
    expect(retraced.leaves, fixture.id).toBe("chunks");
    const { params, schedule } = retraced;
    const { entries, area } = question.start;
    const left = unwrap(race.leftBehind(params, schedule, entries.slice(1, params.index), area));
    expect(left.slice(0, 2).map(({ what }) => what)).toEqual(["header", "area"]);
    for (const { chunk, bytes: now } of left.slice(0, 2)) {
      const at = Number(chunk) * now.length;
      expect(Buffer.from(now).equals(bytes.subarray(at, at + now.length)), fixture.id).toBe(true);
    }
    retracings += 1;
  }
  expect(retracings).toBeGreaterThanOrEqual(22);
});

/** A question about bytes that no kernel left, on a store of 4 KiB chunks with two exceptions. */
async function questionWith(change: (bytes: Uint8Array) => void): Promise<RetraceQuestion> {
  const fixture = FIXTURES.find(({ id }) => id === "few-c8");
  if (!fixture) throw new Error("no such fixture");
  const bytes = Uint8Array.from(fixtureBytes(fixture));
  change(bytes);
  return questionOf(bytes);
}

test("a header that was simply written as intended is not said to have been raced", async () => {
  const question = await questionWith((bytes) => bytes.fill(0, 4, 8));
  const area = question.areaChunk;
  // Damage in the area that the race does not do.
  area?.fill(0xa5, 100, 108);
  expect(unwrap(race.retrace(question))).toBeNull();
});

test("where chunk 0 holds what the race does not leave, its header alone is retraced", async () => {
  const question = await questionWith((bytes) => bytes.set([2, 0, 0, 0, 0, 0, 0, 0], 8));
  question.headerChunk.fill(0, 4, 8);
  question.headerChunk.fill(0xa5, 2000, 2100);
  const retraced = unwrap(race.retrace(question));
  expect(retraced?.leaves).toBe("header");
  if (!retraced) return;
  const replay = unwrap(race.replay(retraced.params, retraced.schedule, false));
  const place = replay.places.findIndex(({ name }) => name === "header");
  const last = replay.steps.length * replay.cells.length;
  const words = replay.cells.flatMap((cell, k) =>
    cell.place === place && cell.entry === 0 ? [replay.values[last + k]] : [],
  );
  expect(words).toEqual([0x70416e53, 0, 2, 0]);
});
