import { beforeAll, expect, test } from "vitest";
import { checkBytes } from "../../../testing/check-bytes.ts";
import { loadRace, modelOf, unwrap } from "../../../testing/race-core.ts";
import type { Race } from "../../engine/race/race.ts";
import { leftStore } from "./left-store.ts";

let race: Race;
beforeAll(async () => {
  race = await loadRace();
});

for (const [ending, index, verdict] of [
  ["invalidated", 0, "invalidated"],
  ["zero-chunk-size", 0, "refused-chunk-size"],
  ["corrupt-magic", 0, "refused-magic"],
  ["wrong-version", 255, "refused-version"],
  ["new-snapshot", 255, "would-be-formatted"],
] as const) {
  test(`an invented store that ends as ${ending} is judged so`, async () => {
    const params = modelOf({ index });
    const found = unwrap(race.witness(params, ending));
    if (!found) throw new Error("no witness");
    const desk = {
      store: null,
      reader: null,
      start: null,
      race: {
        leftBehind: async (...asked: Parameters<Race["leftBehind"]>) => race.leftBehind(...asked),
      },
    };
    const { schedule } = found;
    const left = await leftStore(desk, { params, schedule, step: 0 }, null);
    const bytes = new Uint8Array(await unwrap(left).blob.arrayBuffer());
    expect((await checkBytes(bytes)).report.verdict.id).toBe(verdict);
  });
}
