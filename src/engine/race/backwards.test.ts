import { expect, test } from "vitest";
import { FIXTURES, fixtureBytes } from "../../../testing/fixtures.ts";
import { loadRace, modelOf, unwrap } from "../../../testing/race-core.ts";
import { seededRng } from "../../../testing/random.ts";
import type { HeaderWords, RaceParams } from "../../protocol/race.ts";

const race = await loadRace();
const MAGIC = 0x70416e53;
const ask = (header: HeaderWords, chunkSize = 8) =>
  unwrap(race.backwards({ header, chunkSize, cowChunks: null, originChunks: null }));

test("what no schedule leaves behind is said to be so", () => {
  // The version and the chunk size are halves of one new_chunk, the magic is nobody's.
  for (const header of [
    [MAGIC, 1, 1, 8],
    [1, 2, 3, 4],
  ] as const) {
    const { solutions } = ask(header);
    const shapes = solutions.map(({ shape }) => shape);
    expect(shapes.every((shape) => shape.includes("first-entry"))).toBe(true);
  }
  expect(ask([0, 5, 1, 8]).solutions.every(({ exceptions }) => exceptions.length > 0)).toBe(true);
});

test("a zeroed header is C7's doing, no exception needed", () => {
  const [first] = ask([0, 0, 0, 0]).solutions;
  expect(first).toMatchObject({ shape: "area-fills", exceptions: [], doubts: [] });
});

test("the intended header is known as such", () => {
  const answer = ask([MAGIC, 0, 1, 8]);
  expect(answer).toMatchObject({ intended: true, inUse: false });
  expect(ask([MAGIC, 1, 1, 8])).toMatchObject({ intended: false, inUse: true });
  expect(ask([MAGIC, 1, 1, 16])).toMatchObject({ intended: false, inUse: false });
  expect(answer.solutions.some(({ shape }) => shape === "elsewhere")).toBe(true);
});

test("an exception on the header tells its chunks", () => {
  const { solutions } = ask([41, 0, 2, 0]);
  const known = solutions.flatMap(({ shape, exceptions }) =>
    shape === "first-entry" ? exceptions : [],
  );
  expect(known).toContainEqual({ old: { low: 41, high: 0 }, new: { low: 2, high: 0 } });
  // The 0 of valid may also be I's own, where the device copied word by word.
  expect(known).toContainEqual({ old: { low: 41, high: null }, new: { low: 2, high: 0 } });
});

test("doubts name what a kernel would not have had", () => {
  const question = { header: [41, 0, 2, 0] as const, chunkSize: 8, cowChunks: 2n };
  const { solutions } = unwrap(race.backwards({ ...question, originChunks: 10n }));
  const whole = solutions.find(({ shape }) => shape === "first-entry");
  expect(whole?.doubts).toEqual(["new-chunk-beyond-device", "old-chunk-beyond-origin"]);
});

test("every header that a model can leave has a solution whose schedules leave it", () => {
  const rng = seededRng(461506);
  for (let set = 0; set < 12; set++) {
    const exception = [BigInt(rng.between(8, 1000)), BigInt(rng.between(2, 200))] as const;
    const vary: Partial<RaceParams> = rng.pick([
      { index: 0, exceptions: [exception] },
      { index: 255, exceptions: [exception] },
      { index: 255, copies: 2, exceptions: [[5n, 257n], exception] },
    ]);
    const { headers } = unwrap(race.explore(modelOf(vary)));
    for (const header of headers) {
      const { solutions } = ask(header);
      expect(solutions.length, header.join()).toBeGreaterThan(0);
      const mode = rng.pick(rng.pick(solutions).modes);
      const replay = unwrap(race.replay(mode.params, mode.schedule, false));
      const place = replay.places.findIndex(({ name }) => name === "header");
      const at = replay.steps.length * replay.cells.length;
      const words = replay.cells.flatMap((cell, k) =>
        cell.place === place && cell.entry === 0 ? [replay.values[at + k]] : [],
      );
      expect(words).toEqual([...header]);
    }
  }
});

const raced = FIXTURES.filter(({ family }) => ["race_corrupted", "race_natural"].includes(family));

test("every header that a real kernel left in this race has a solution", () => {
  expect(raced.length).toBeGreaterThan(15);
  for (const fixture of raced) {
    const bytes = fixtureBytes(fixture);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const header = [0, 4, 8, 12].map((at) => view.getUint32(at, true));
    const [magic = 0, valid = 0, version = 0, size = 0] = header;
    const chunkSize = Number(/-c(\d+)/.exec(fixture.id)?.[1] ?? 8);
    const { solutions } = ask([magic, valid, version, size], chunkSize);
    expect(
      solutions.filter(({ doubts }) => doubts.length === 0),
      fixture.id,
    ).not.toEqual([]);
  }
});
