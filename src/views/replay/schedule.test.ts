import { describe, expect, it } from "vitest";
import { seededRng } from "../../../testing/random.ts";
import { moveStep, pastTheOther, roomOf, stepByHand } from "./schedule.ts";

describe("a step by hand", () => {
  it("goes on where the schedule goes that way anyway", () => {
    expect(stepByHand("IICC", 1, "I")).toBe("IICC");
  });
  it("takes the thread's next step now, and the others later", () => {
    expect(stepByHand("IIICC", 1, "C")).toBe("ICIIC");
  });
  it("leaves it to the machine whether a thread has more to do", () => {
    expect(stepByHand("CCI", 3, "I")).toBe("CCII");
  });
});

describe("a step moved", () => {
  it("changes places with those between", () => {
    expect(moveStep("IIICC", 3, 1)).toBe("ICIIC");
    expect(moveStep("CIIICC", 0, 3)).toBe("IIICCC");
  });
  it("stops where its own thread's steps stand", () => {
    expect(moveStep("CIII", 3, 0)).toBe("CIII");
    expect(moveStep("CIII", 1, 0)).toBe("ICII");
    expect(roomOf("ICCIC", 3)).toEqual({ first: 1, last: 4 });
  });

  /** Each step by its thread and its place in it: "I1", "C1" … */
  const named = (schedule: string) => {
    const counts = { I: 0, C: 0 };
    return [...schedule].map((thread) => {
      counts[thread === "I" ? "I" : "C"] += 1;
      return `${thread}${counts[thread === "I" ? "I" : "C"]}`;
    });
  };

  it("is the only one that moves, wherever it is dropped", () => {
    const rng = seededRng(461506);
    for (let run = 0; run < 500; run += 1) {
      const letters = Array.from({ length: rng.between(2, 20) }, () => rng.pick(["I", "C"]));
      const schedule = letters.join("");
      const from = rng.between(0, schedule.length - 1);
      const to = rng.between(0, schedule.length - 1);
      const before = named(schedule);
      const held = before[from];
      const after = named(moveStep(schedule, from, to));
      const others = (steps: string[]) => steps.filter((step) => step !== held);
      expect(others(after), `${schedule} ${from} ${to}`).toEqual(others(before));
      // Never beyond where it was dropped, and never the other way.
      const way = Math.sign(to - from);
      const went = after.indexOf(held ?? "") - from;
      expect(went * way).toBeGreaterThanOrEqual(0);
      expect(Math.abs(went)).toBeLessThanOrEqual(Math.abs(to - from));
    }
  });
});

describe("past the other thread", () => {
  it("finds the neighbour, not over steps of its own", () => {
    expect(pastTheOther("ICCC", 1, -1)).toBe(0);
    expect(pastTheOther("ICCC", 3, -1)).toBeNull();
    expect(pastTheOther("ICCC", 0, 1)).toBe(1);
  });
  it("finds none at either end", () => {
    expect(pastTheOther("IICC", 0, -1)).toBeNull();
    expect(pastTheOther("IICC", 3, 1)).toBeNull();
  });
});
