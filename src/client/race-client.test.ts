import { describe, expect, it } from "vitest";
import { FakeWorker } from "../../testing/fake-worker.ts";
import { loadRace, modelOf } from "../../testing/race-core.ts";
import { RaceClient } from "./race-client.ts";

/** A client whose workers, one after the other, offer these services. */
function clientOf(...offered: object[]) {
  const workers: FakeWorker[] = [];
  const client = new RaceClient(() => {
    const worker = new FakeWorker(offered[workers.length] ?? {});
    workers.push(worker);
    return worker;
  });
  return { client, workers };
}

const trap = {
  explore: async () => {
    throw new Error("unreachable executed");
  },
};

describe("RaceClient", () => {
  it("starts no worker before it is asked", () => {
    expect(clientOf().workers).toEqual([]);
  });

  it("hands answers on, counts beyond 2⁵³ and typed arrays among them", async () => {
    const race = await loadRace();
    const { client } = clientOf({
      explore: async (...asked: Parameters<typeof race.explore>) => race.explore(...asked),
      replay: async (...asked: Parameters<typeof race.replay>) => race.replay(...asked),
    });
    const params = modelOf({ copies: 12 });
    expect(await client.explore(params)).toEqual(race.explore(params));
    expect(await client.replay(params, "IC", true, null)).toEqual(race.replay(params, "IC", true));
  });

  it("tells of a fault in its own words, and goes on with a new worker", async () => {
    const { client, workers } = clientOf(trap, { allocArea: async () => [] });
    expect(await client.explore(modelOf())).toMatchObject({
      ok: false,
      problem: { code: "fault.core", message: expect.stringContaining("model of the race") },
    });
    expect(workers[0]?.terminated).toBe(true);
    expect(await client.allocArea()).toEqual({ ok: true, value: [] });
  });
});
