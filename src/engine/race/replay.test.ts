import { expect, test } from "vitest";
import { loadRace, modelOf, unwrap } from "../../../testing/race-core.ts";
import { anyRaceParams } from "../../../testing/race-params.ts";
import { seededRng } from "../../../testing/random.ts";
import type { RaceParams, RaceReplay } from "../../protocol/race.ts";
import { ENDINGS } from "./endings.ts";

const race = await loadRace();

/** The words at the front of a place after `n` steps, with who wrote and who made them. */
function front(replay: RaceReplay, placeName: string, n: number) {
  const place = replay.places.findIndex(({ name }) => name === placeName);
  return replay.cells.flatMap((cell, k) => {
    if (cell.place !== place || cell.entry !== 0) return [];
    const at = n * replay.cells.length + k;
    return [[replay.values[at], replay.writers[at], replay.sources[at]]];
  });
}

test("every word knows who wrote it last, and on disk who made it", () => {
  // I clears and fills the buffer, C stores over it, I writes it out.
  const schedule = `${"I".repeat(8)}CC${"I".repeat(5)}`;
  const replay = unwrap(race.replay(modelOf(), schedule, false));
  expect(replay.schedule).toBe(schedule);
  expect(front(replay, "area", 8)).toEqual([
    [0x70416e53, 5, 5],
    [0, 6, 6],
    [1, 7, 7],
    [8, 8, 8],
  ]);
  expect(front(replay, "area", 10)).toEqual([
    [7, 9, 9],
    [0, 9, 9],
    [2, 10, 10],
    [0, 10, 10],
  ]);
  expect(front(replay, "header", 15)).toEqual([
    [7, 11, 9],
    [0, 12, 9],
    [2, 13, 10],
    [0, 14, 10],
  ]);
  expect(replay.frames[15]).toMatchObject({ header: "corrupt-magic", valid: false });
  expect(replay.frames[0]).toMatchObject({ header: "still-valid", valid: true, pending: 1 });
  expect(replay.next.I).toBeNull();
  expect(replay.next.C).toMatchObject({ id: "C3", fn: "persistent_commit_exception" });
});

test("after the fix the two threads have no word in common", () => {
  const schedule = `${"I".repeat(8)}CC${"I".repeat(5)}`;
  const replay = unwrap(race.replay(modelOf({ fix: "after" }), schedule, true));
  expect(front(replay, "area", 10).map(([value]) => value)).toEqual([7, 0, 2, 0]);
  expect(front(replay, "header", 13).map(([value]) => value)).toEqual([0x70416e53, 0, 1, 8]);
  expect(replay.frames.at(-1)).toMatchObject({ header: "invalidated", areas: "kept" });
});

test("letters of a thread that has ended are passed over, what is undone is done at the end", () => {
  const replay = unwrap(race.replay(modelOf(), "I".repeat(40), true));
  expect(replay.schedule).toBe(`${"I".repeat(13)}CCCC`);
  expect(replay.steps.at(-1)).toMatchObject({ id: "C5", readValid: false, number: 17 });
});

/** Word-sized models with real chunk shapes, and odd ones. */
const MODELS: Partial<RaceParams>[] = [
  { index: 0 },
  { index: 0, copies: 3 },
  { index: 5 },
  { index: 255 },
  { index: 253, copies: 4, storeBytes: 4 },
  { index: 255, copies: 2, ioCopy: "atomic" },
  { index: 0, exceptions: [[7n + (1n << 32n), 2n + (16n << 32n)]] },
  { index: 0, exceptions: [[0x70416e53n + (1n << 32n), 1n + (8n << 32n)]] },
  { index: 0, exceptions: [[0x70416e53n + (1n << 32n), 2n]] },
  { index: 1, copies: 5, entriesPerArea: 2 },
];

test("each witness replayed ends as it promised", () => {
  const seen = new Set<string>();
  for (const vary of MODELS) {
    const params = modelOf(vary);
    for (const ending of ENDINGS) {
      const witness = unwrap(race.witness(params, ending));
      if (!witness) continue;
      seen.add(ending);
      const replay = unwrap(race.replay(params, witness.schedule, false));
      const last = replay.frames.at(-1);
      expect(replay.schedule).toBe(witness.schedule);
      expect([replay.next.I, replay.next.C]).toEqual([null, null]);
      const [header, areas] = [last?.header, last?.areas];
      const bears = ending === "torn-header" || ending === "stray-exception";
      if (!bears) expect([header, areas, `${header} + ${areas}`]).toContain(ending);
    }
  }
  // Every outcome that the race is known to have, and each trace, has a witness among these.
  expect(ENDINGS.filter((ending) => !ending.includes(" + ") && !seen.has(ending))).toEqual([]);
});

test("the machine and the explorer agree on any schedule's end", () => {
  const rng = seededRng(5);
  for (let set = 0; set < 150; set++) {
    const params = anyRaceParams(rng);
    const letters = Array.from({ length: 60 }, () => (rng.chance(0.5) ? "I" : "C")).join("");
    const replay = unwrap(race.replay(params, letters, true));
    const last = replay.frames.at(-1);
    const words = front(replay, "header", replay.steps.length).map(([value]) => value ?? 0);
    const found = unwrap(race.explore(params));
    expect(found.headers.map(String)).toContain(words.join());
    expect(found.both.has(`${last?.header ?? "invalidated"} + ${last?.areas ?? "kept"}`)).toBe(
      true,
    );
    const fate = unwrap(race.fate(params, last?.header ?? "invalidated", replay.schedule));
    expect(fate.points).toHaveLength(replay.steps.length + 1);
    expect(fate.points.at(-1)).toEqual({ ways: 1n, ending: 1n });
    expect(fate.decidedBy).not.toBeNull();
  }
});
