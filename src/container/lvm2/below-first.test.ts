import { expect, test } from "vitest";
import { belowFirst } from "./below-first.ts";

function order(below: Record<string, string[]>, first: string): string[] {
  const done: string[] = [];
  belowFirst(
    first,
    (item) => below[item] ?? [],
    (item) => done.includes(item),
    (item) => done.push(item),
  );
  return done;
}

test("each comes once, after all that lies below it", () => {
  const found = order({ a: ["b", "c"], b: ["d"], c: ["d", "e"], d: ["e"] }, "a");
  expect(found.toSorted()).toEqual(["a", "b", "c", "d", "e"]);
  for (const [above, below] of ["ab", "ac", "bd", "cd", "ce", "de"]) {
    expect(found.indexOf(above ?? "")).toBeGreaterThan(found.indexOf(below ?? ""));
  }
});

test("a circle comes to an end", () => {
  expect(order({ a: ["b"], b: ["a", "c"] }, "a")).toEqual(["c", "b", "a"]);
  expect(order({ a: ["a"] }, "a")).toEqual(["a"]);
});
