import { expect, it } from "vitest";
import { moveCaret } from "./caret.ts";

const grid = { whole: { start: 4096, end: 4196 }, perRow: 16, rowsShown: 3 };

it.each([
  ["ArrowRight", false, 4100, 4101],
  ["ArrowLeft", false, 4096, 4096],
  ["ArrowDown", false, 4100, 4116],
  ["ArrowDown", false, 4190, 4195],
  ["PageUp", false, 4190, 4142],
  ["Home", false, 4118, 4112],
  ["End", false, 4118, 4127],
  ["Home", true, 4118, 4096],
  ["End", true, 4118, 4195],
  ["x", false, 4118, null],
])("%s (control %s) takes %i to %s", (key, withControl, from, to) => {
  expect(moveCaret(key, withControl, from, grid)).toBe(to);
});
