import { beforeAll, describe, expect, it } from "vitest";
import { loadRace, modelOf } from "../../../testing/race-core.ts";
import type { Race } from "../../engine/race/race.ts";
import { failure, type Problem } from "../../protocol/problem.ts";
import { Replayer } from "./replayer.ts";

let race: Race;
beforeAll(async () => {
  race = await loadRace();
});

const later = () => new Promise((resolve) => setTimeout(resolve, 5));
const asker = { replay: async (...asked: Parameters<Race["replay"]>) => race.replay(...asked) };
const BOOT_CRASH = "IIIICIIIICCCIIIII";

async function replayerAt(step: number) {
  const replayer = new Replayer(asker, null);
  replayer.open({ params: modelOf(), schedule: BOOT_CRASH, step });
  await later();
  return replayer;
}

describe("Replayer", () => {
  it("shows schedule and step only when both have come", async () => {
    const replayer = new Replayer(asker, null);
    replayer.open({ params: modelOf(), schedule: BOOT_CRASH, step: 10 });
    expect(replayer.state()).toMatchObject({ replay: null, step: 0 });
    await later();
    expect(replayer.state().step).toBe(10);
    expect(replayer.state().replay?.schedule).toBe(BOOT_CRASH);
  });

  it("keeps to the steps there are", async () => {
    const replayer = await replayerAt(0);
    replayer.go(99);
    expect(replayer.state().step).toBe(17);
    replayer.go(-1);
    expect(replayer.state().step).toBe(0);
  });

  it("takes steps by hand as fast as they come, without losing one", async () => {
    const replayer = await replayerAt(0);
    for (const thread of ["C", "C", "I", "C"] as const) replayer.stepThread(thread);
    await later();
    expect(replayer.state().step).toBe(4);
    expect(replayer.state().replay?.schedule).toMatch(/^CCIC/);
  });

  it("knows what really ran: a callback that finds the store invalid writes no area", async () => {
    const replayer = new Replayer(asker, null);
    replayer.open({ params: modelOf(), schedule: "ICCCCCCCCC", step: 1 });
    await later();
    expect(replayer.state().wanted?.schedule).toBe(`ICCCC${"I".repeat(12)}`);
  });

  it("moves a step, and shows the machine just after it", async () => {
    const replayer = await replayerAt(10);
    replayer.move(4, 2);
    await later();
    expect(replayer.state()).toMatchObject({ step: 3 });
    expect(replayer.state().replay?.schedule).toMatch(/^IICII/);
  });

  it("takes back what was changed, and makes it again", async () => {
    const replayer = await replayerAt(10);
    replayer.move(4, 2);
    await later();
    replayer.setParams(modelOf({ fix: "after" }));
    await later();
    replayer.undo();
    await later();
    expect(replayer.state().replay?.params.fix).toBe("before");
    expect(replayer.state().replay?.schedule).toMatch(/^IICII/);
    replayer.undo();
    await later();
    expect(replayer.state()).toMatchObject({ step: 10, canUndo: false, canRedo: true });
    expect(replayer.state().replay?.schedule).toBe(BOOT_CRASH);
    replayer.redo();
    await later();
    expect(replayer.state().replay?.schedule).toMatch(/^IICII/);
    // Going from step to step changes nothing that could be taken back.
    replayer.go(0);
    replayer.undo();
    await later();
    expect(replayer.state().replay?.schedule).toBe(BOOT_CRASH);
  });

  it("moves the step that is seen there, also while another schedule is on its way", async () => {
    const replayer = await replayerAt(10);
    replayer.stepThread("C");
    // Step 5 on the screen is still the first of C.
    replayer.move(4, 2);
    await later();
    expect(replayer.state().replay?.schedule).toMatch(/^IICIIIIII/);
  });

  it("keeps what is on the screen when a question is refused", async () => {
    const problem: Problem = {
      code: "race.too-large",
      message: "too large",
      where: "",
      expected: "",
      found: "",
      todo: "",
    };
    const answers = [asker.replay, async () => failure(problem)];
    const replayer = new Replayer(
      { replay: (...asked) => (answers.shift() ?? asker.replay)(...asked) },
      null,
    );
    replayer.open({ params: modelOf(), schedule: BOOT_CRASH, step: 3 });
    await later();
    replayer.setParams(modelOf({ entriesPerArea: 2 ** 20 }));
    await later();
    expect(replayer.state()).toMatchObject({ problem, step: 3 });
    expect(replayer.state().replay?.schedule).toBe(BOOT_CRASH);
  });
});

it("old entries are the open store's, as far as it has them", () => {
  const entries = [1n, 2n, 3n].map((n) => [n, n + 1n] as const);
  const start = { chunkSize: 8, entriesPerArea: 256, area: 0, entries, nextFree: 5n };
  const replayer = new Replayer(asker, start);
  expect(replayer.oldEntries(modelOf({ index: 3 }))).toEqual(entries.slice(1));
  expect(replayer.oldEntries(modelOf({ index: 2 }))).toEqual(entries.slice(1, 2));
  expect(replayer.oldEntries(modelOf({ index: 4 }))).toBeNull();
});
