import { describe, expect, it } from "vitest";
import { moveStep, pastTheOther, stepByHand } from "./schedule.ts";

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
    expect(moveStep("IIICC", 0, 4)).toBe("IICCI");
  });
  it("keeps every letter", () => {
    expect([...moveStep("ICICIC", 5, 0)].sort().join("")).toBe("CCCIII");
  });
});

describe("past the other thread", () => {
  it("finds its nearest step, over those of its own", () => {
    expect(pastTheOther("ICCC", 3, -1)).toBe(0);
    expect(pastTheOther("ICCC", 0, 1)).toBe(1);
  });
  it("finds none at either end", () => {
    expect(pastTheOther("IICC", 1, -1)).toBeNull();
    expect(pastTheOther("IICC", 2, 1)).toBeNull();
  });
});
