import { beforeAll, expect, test } from "vitest";
import { loadRace, modelOf, unwrap } from "../../../testing/race-core.ts";
import type { Race } from "../../engine/race/race.ts";
import { graphNodes, pathOf } from "./progress-graph.ts";
import { GOOD } from "./use-fate.ts";

let race: Race;
beforeAll(async () => {
  race = await loadRace();
});

for (const ioCopy of ["words", "atomic"] as const) {
  for (const schedule of ["I", "CCCC", "CICICICICI"]) {
    test(`the path of ${schedule} ends in the far corner of the graph, ${ioCopy}`, () => {
      const params = modelOf({ ioCopy, copies: 2, index: 254 });
      const { steps } = unwrap(race.explore(params));
      expect(pathOf(unwrap(race.replay(params, schedule, true))).at(-1)).toEqual(steps);
    });
  }
}

test("bad is whatever is not good, and every bad schedule is sealed once", () => {
  const params = modelOf({ index: 255 });
  const { schedules, both } = unwrap(race.explore(params));
  const nodes = graphNodes(unwrap(race.progress(params, GOOD)), "bad");
  const bad = schedules - (both.get(GOOD) ?? 0n);
  expect(nodes[0]?.reaching).toBe(bad);
  const sealed = nodes.reduce((sum, node) => sum + node.sealedByI + node.sealedByC, 0n);
  expect(sealed).toBe(bad);
});
