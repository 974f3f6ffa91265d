import { expect, test } from "vitest";
import { loadCore } from "../../testing/check-bytes.ts";
import { modelOf, unwrap } from "../../testing/race-core.ts";
import { buildStore } from "../../testing/store-builder.ts";
import { checkStore } from "../engine/check/check.ts";
import { makeCore } from "../engine/core.ts";
import { raceStart } from "../engine/race/start.ts";
import { stepLabel, stepSentence } from "../explain/race/race-steps.ts";
import { DEFAULT_OPTIONS } from "../protocol/check.ts";
import { paramsOn, RACE_LIMITS } from "../protocol/race.ts";
import { parseRaceParams } from "../protocol/race-params.ts";
import { BytesSource } from "../source/bytes-source.ts";
import { createRaceService } from "./race-service.ts";

const service = createRaceService(loadCore);

test("everything it answers can be sent to another thread", async () => {
  const params = modelOf({ index: 5 });
  const answers = [
    await service.explore(params),
    await service.witness(params, "header-in-area"),
    await service.progress(params, "header-in-area"),
    await service.fate(params, "header-in-area", "CCCCI"),
    await service.replay(params, "CCCCI", true, null),
    await service.leftBehind(params, "CCCCI", null, 0),
    await service.backwards({
      header: [0, 0, 0, 0],
      chunkSize: 8,
      cowChunks: null,
      originChunks: null,
    }),
    await service.allocArea(),
  ];
  expect(structuredClone(answers)).toEqual(answers);
});

test("parameters that no race has are the same problem as on the command line", async () => {
  const params = modelOf({ index: 256 });
  const problem = { ok: false, problem: { code: "option.bad", where: "index" } };
  expect(parseRaceParams(params)).toMatchObject(problem);
  expect(await service.explore(params)).toEqual(parseRaceParams(params));
  expect(await service.replay(params, "IC", true, null)).toEqual(parseRaceParams(params));
  expect(await service.leftBehind(params, "IC", null, 0)).toEqual(parseRaceParams(params));
});

test("every step has a sentence and a label", async () => {
  for (const fix of ["before", "after"] as const) {
    for (const storeBytes of [4, 8] as const) {
      const params = modelOf({ fix, storeBytes, index: 255, copies: 2 });
      const { steps } = unwrap(await service.replay(params, "CCCCCCCCCC", true, null));
      expect(new Set(steps.map(({ id }) => id)).size).toBe(14);
      for (const step of steps) {
        expect(stepSentence(step, params, step.readValid ?? undefined)).toMatch(/^\w.*\.$/);
        expect(stepLabel(step)).not.toBe("");
      }
    }
  }
});

test("on an open store the race starts where its table ends", async () => {
  const exceptions = Array.from({ length: 258 }, (_, n) => ({
    old: BigInt(n * 2),
    new: BigInt(n + 2 + Math.floor(n / 256)),
  }));
  const bytes = buildStore({ chunkSectors: 8, exceptions, cowSectors: 8 * 300 });
  const source = new BytesSource(bytes);
  const hooks = { afterBatch: () => true };
  const checked = await checkStore(await loadCore(), source, DEFAULT_OPTIONS, false, hooks);
  if (!checked) throw new Error("cancelled");
  const start = await raceStart(checked.core, source, checked.facts);
  expect(start).toEqual({
    chunkSize: 8,
    entriesPerArea: 256,
    area: 1,
    entries: [
      [512n, 259n],
      [514n, 260n],
    ],
    nextFree: 261n,
  });
  const vary = {
    fix: "before",
    storeBytes: 8,
    ioCopy: "words",
    copies: 2,
    pendingAfter: 0,
  } as const;
  expect(paramsOn(start, vary)).toMatchObject({
    index: 2,
    entry0: [512n, 259n],
    exceptions: [
      [515n, 261n],
      [516n, 262n],
    ],
  });
});

test("the bounds that are stated are the core's", async () => {
  const core = await makeCore(await loadCore());
  expect(RACE_LIMITS.copies).toBe(core.MAX_COPIES.value);
  expect(RACE_LIMITS.states).toBe(core.MAX_STATES.value);
});
