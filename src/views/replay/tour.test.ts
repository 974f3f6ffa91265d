import { beforeAll, expect, test } from "vitest";
import { loadRace, unwrap } from "../../../testing/race-core.ts";
import { TOUR_STOPS } from "../../address/address.ts";
import type { Race } from "../../engine/race/race.ts";
import { sceneOf, TOUR } from "./tour.ts";
import { endingOf } from "./use-fate.ts";

let race: Race;
beforeAll(async () => {
  race = await loadRace();
});

for (const { title, scene, ends } of TOUR) {
  test(`“${title}” shows what it tells of`, () => {
    const replay = unwrap(race.replay(scene.params, scene.schedule, true));
    expect(replay.schedule).toBe(scene.schedule);
    expect(scene.step).toBeLessThanOrEqual(replay.steps.length);
    expect(endingOf(replay)).toBe(ends);
  });
}

test("an address can name each of its stops", () => {
  expect(TOUR.length).toBe(TOUR_STOPS);
  expect(sceneOf(TOUR_STOPS)).toBe(TOUR.at(-1)?.scene);
  expect(sceneOf(null)).toBeNull();
});

test("the step of “Eight bytes in the wrong place” is the one that its words are about", () => {
  const scene = TOUR[3]?.scene;
  if (!scene) throw new Error("no such stop");
  const { steps } = unwrap(race.replay(scene.params, scene.schedule, true));
  expect(steps[scene.step - 1]).toMatchObject({ id: "C2", value: 2n });
});
