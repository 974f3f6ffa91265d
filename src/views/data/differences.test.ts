import { expect, test } from "vitest";
import type { ChunkBytes } from "../../protocol/store-service.ts";
import { differencesOf, marksOf } from "./differences.ts";

const chunk = (offset: bigint, ...bytes: number[]): ChunkBytes => ({
  chunk: 0n,
  offset,
  bytes: new Uint8Array(bytes),
  cut: "no",
});

test("neighbours that differ are one run; what one of them lacks does not differ", () => {
  const one = chunk(100n, 1, 2, 3, 4, 5, 6);
  const other = chunk(900n, 1, 9, 9, 4, 0);
  expect(differencesOf(one, other)).toEqual([
    { start: 1, end: 3 },
    { start: 4, end: 5 },
  ]);
  const marks = marksOf(one, other);
  expect([100, 101, 102, 103, 104, 105].map((at) => marks.at(at))).toEqual([
    null,
    "differs",
    "differs",
    null,
    "differs",
    null,
  ]);
  expect(marksOf(one, null).at(101)).toBeNull();
});
