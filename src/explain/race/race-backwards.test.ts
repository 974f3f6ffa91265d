import { expect, test } from "vitest";
import { halvesWords } from "./race-backwards.ts";

test("a chunk number is told as far as the bytes tell it", () => {
  expect(halvesWords({ low: 2, high: 0 })).toBe("2");
  expect(halvesWords({ low: 1, high: 1 })).toBe("4294967297");
  expect(halvesWords({ low: 2, high: null })).toContain("the upper unknown");
  expect(halvesWords({ low: null, high: 0 })).toContain("0 in its upper half");
  expect(halvesWords({ low: null, high: null })).toBe("anything");
});
