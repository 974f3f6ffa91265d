import { expect, test } from "vitest";
import { loadRace } from "../../../testing/race-core.ts";
import { ALLOC_BUFFERS } from "../../protocol/alloc-area.ts";

const race = await loadRace();

test.each([
  ["patched", "area", [], [], []],
  ["patched", "zero_area", ["area"], ["area"], ["area"]],
  ["patched", "header_area", ["zero_area", "area"], ["area", "zero_area"], ["area", "zero_area"]],
  ["before", "area", [], [], []],
  ["before", "zero_area", ["area"], ["area"], ["area"]],
  ["cured", "area", [], [], []],
  ["cured", "zero_area", ["area"], [], []],
  ["cured", "header_area", ["zero_area", "area"], [], []],
] as const)("%s, %s fails", (variant, failing, ladder, standing, freedAgain) => {
  const found = race.allocArea(variant, failing);
  expect(found).toMatchObject({ fails: true, ladder, standing, freedAgain });
});

test("before the patch there is no third allocation to fail", () => {
  const found = race.allocArea("before", "header_area");
  expect(found).toMatchObject({ fails: false, ladder: [], freedAgain: [] });
  expect(found.events.filter(({ kind }) => kind === "free")).toHaveLength(2);
});

test("every buffer made is freed, with the cure exactly once", () => {
  for (const failing of ALLOC_BUFFERS) {
    const { events } = race.allocArea("cured", failing);
    const made = events.filter(({ kind }) => kind === "alloc").map(({ buffer }) => buffer);
    const freed = events.filter(({ kind }) => kind === "free" || kind === "ladder-free");
    expect(freed.map(({ buffer }) => buffer).sort()).toEqual(made.sort());
  }
});
