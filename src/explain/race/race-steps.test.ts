import { expect, test } from "vitest";
import { stepsWords } from "./race-steps.ts";

test("steps are counted up as people do", () => {
  expect(stepsWords([7])).toBe("step 7");
  expect(stepsWords([7, 8])).toBe("steps 7 and 8");
  expect(stepsWords([5, 7, 8])).toBe("steps 5, 7 and 8");
});
