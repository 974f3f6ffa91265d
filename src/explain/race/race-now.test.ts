import { describe, expect, it } from "vitest";
import type { RaceFrame } from "../../protocol/race.ts";
import { rebootNow } from "./race-now.ts";

const frame: RaceFrame = {
  valid: true,
  pending: 1,
  currentArea: 0,
  currentCommitted: 0,
  header: "still-valid",
  areas: "kept",
};

describe("if the machine rebooted now", () => {
  it("nothing is wrong before anything is written", () => {
    expect(rebootNow(frame, false)).toMatchObject({ severity: "ok", areas: null });
    expect(rebootNow({ ...frame, valid: false }, false)).toMatchObject({ severity: "note" });
  });

  it("a header that was written and is still valid is no comfort", () => {
    expect(rebootNow(frame, true)).toMatchObject({ severity: "fatal", title: "still valid" });
  });

  it("what kernels make of it is one sentence, or one for the old and one for the others", () => {
    expect(rebootNow(frame, true).kernels).toMatch(/^On any kernel an invalid snapshot comes back/);
    const refused = rebootNow({ ...frame, header: "zero-chunk-size" }, true);
    expect(refused.kernels).toMatch(
      /^Up to 2\.6\.31 it is a kernel BUG .*\. Later it is refused: /,
    );
  });

  it("the areas are told of even where the header is right", () => {
    const now = rebootNow({ ...frame, header: "invalidated", areas: "header-in-area" }, true);
    expect(now).toMatchObject({ severity: "problem", title: "invalidated, as intended" });
    expect(now.areas).toContain("header’s bytes");
  });
});
