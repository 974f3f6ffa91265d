import { expect, test } from "vitest";
import { loadRace, modelOf, unwrap } from "../../../testing/race-core.ts";
import { anyRaceParams } from "../../../testing/race-params.ts";
import { seededRng } from "../../../testing/random.ts";
import type { ChunkPair, RaceParams } from "../../protocol/race.ts";

const race = await loadRace();
const exploreOf = (vary: Partial<RaceParams>) => unwrap(race.explore(modelOf(vary)));

test.each([
  {
    index: 0,
    schedules: 10_947n,
    header: {
      invalidated: 10_069n,
      "zero-chunk-size": 313n,
      "corrupt-magic": 425n,
      "wrong-version": 140n,
    },
    areas: { kept: 9_660n, "header-in-area": 1_287n },
  },
  {
    index: 5,
    schedules: 10_947n,
    header: { invalidated: 10_947n },
    areas: { kept: 2_422n, "header-in-area": 1_287n, "exceptions-lost": 7_238n },
  },
  {
    index: 255,
    schedules: 406_420n,
    header: {
      invalidated: 125_549n,
      "zero-chunk-size": 123_746n,
      "new-snapshot": 154_220n,
      "wrong-version": 2_905n,
    },
    areas: { kept: 217_439n, "header-in-area": 12_870n, "exceptions-lost": 176_111n },
  },
])("one copy at index $index: the counts of the model's table", (row) => {
  const before = exploreOf({ index: row.index });
  expect(before.schedules).toBe(row.schedules);
  expect(Object.fromEntries(before.header)).toEqual(row.header);
  expect(Object.fromEntries(before.areas)).toEqual(row.areas);

  const after = exploreOf({ index: row.index, fix: "after" });
  expect(after.schedules).toBe(row.schedules);
  expect(Object.fromEntries(after.both)).toEqual({ "invalidated + kept": row.schedules });
});

test("four copies, the area filling up at the third", () => {
  const found = exploreOf({ storeBytes: 4, index: 253, copies: 4 });
  expect(found.schedules).toBe(151_825_486_234n);
  const total = [...found.both.values()].reduce((sum, count) => sum + count, 0n);
  expect(total).toBe(found.schedules);
});

test("distinct headers come in ascending order, each once", () => {
  const { headers } = exploreOf({ index: 255, copies: 3 });
  const keys = headers.map((words) => words.reduce((key, word) => (key << 32n) | BigInt(word), 0n));
  expect(keys).toEqual([...new Set(keys)].sort((a, b) => (a < b ? -1 : 1)));
});

/** Interleavings alone, no memory: I1 before or after each C5 decides how long C is. */
function countSchedules(params: RaceParams): bigint {
  const io = params.ioCopy === "words" ? 5 : 1;
  const memset = params.storeBytes === 8 ? 3 : 5;
  const iSteps = 1 + memset + 4 + io;
  // Steps of C in a row that are taken whatever happens, and the C6 that may follow them.
  const parts: { steps: number; areaIo: number }[] = [];
  let steps = 0;
  for (let copy = 0; copy < params.copies; copy++) {
    const full = (params.index + copy + 1) % params.entriesPerArea === 0;
    steps += params.storeBytes === 8 ? 3 : 5;
    if (params.pendingAfter + params.copies - 1 - copy !== 0 && !full) continue;
    parts.push({ steps: steps + (full ? 2 : 1), areaIo: io });
    steps = full ? memset : 0;
  }
  parts.push({ steps, areaIo: 0 });
  // ways[i]: to have done i steps of I, and C all parts so far.
  let ways: bigint[] = [1n, ...Array<bigint>(iSteps).fill(0n)];
  const run = (from: bigint[], count: number) => {
    let now = prefixSums(from);
    for (let step = 0; step < count; step++) now = prefixSums(now);
    return now;
  };
  // `ways` counts schedules by where I stands just after a step of C; I may go on before the next.
  for (const part of parts) {
    if (part.steps === 0) continue;
    const at = run(ways, part.steps - 1);
    if (part.areaIo === 0) {
      ways = at;
      continue;
    }
    const valid = run([at[0] ?? 0n, ...Array<bigint>(iSteps).fill(0n)], part.areaIo - 1);
    ways = at.map((count, i) => (i === 0 ? 0n : count) + (valid[i] ?? 0n));
  }
  return ways.reduce((sum, count) => sum + count, 0n);
}

function prefixSums(numbers: readonly bigint[]): bigint[] {
  let sum = 0n;
  return numbers.map((number) => {
    sum += number;
    return sum;
  });
}

test.each([
  { index: 0 },
  { index: 255 },
  { index: 253, copies: 4, storeBytes: 4 as const },
  { index: 253, copies: 12, storeBytes: 4 as const },
  { index: 0, entriesPerArea: 1, copies: 8 },
  { index: 200, copies: 240, storeBytes: 4 as const },
  { index: 255, copies: 240, storeBytes: 4 as const, pendingAfter: 3 },
])("counts past 64 bits are exact: %o", (vary) => {
  const params = modelOf(vary);
  expect(unwrap(race.explore(params)).schedules).toBe(countSchedules(params));
});

test("after the fix every schedule invalidates and keeps, whatever the parameters", () => {
  const rng = seededRng(2009);
  for (let set = 0; set < 300; set++) {
    const usual = (): ChunkPair => [BigInt(rng.below(2 ** 31)), BigInt(rng.between(2, 2 ** 31))];
    const shape = anyRaceParams(rng);
    const params: RaceParams = {
      ...shape,
      fix: "after",
      exceptions: shape.exceptions.map(usual),
      entry0: usual(),
    };
    const { schedules, both } = unwrap(race.explore(params));
    expect([...both]).toEqual([["invalidated + kept", schedules]]);
  }
});

test("a model with too many states is a problem, and the next one is explored all the same", () => {
  const tooMany = race.explore(
    modelOf({ entriesPerArea: 1, copies: 240, storeBytes: 4, exceptions: oddExceptions(240) }),
  );
  expect(tooMany.ok).toBe(false);
  if (!tooMany.ok) expect(tooMany.problem.code).toBe("race.too-large");
  expect(exploreOf({}).schedules).toBe(10_947n);
});

function oddExceptions(copies: number): ChunkPair[] {
  return Array.from({ length: copies }, (_, copy) => {
    const all = BigInt(copy + 2) * 0x1_0000_0001n;
    return [all, all];
  });
}
