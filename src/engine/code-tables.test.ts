import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CHUNK_KINDS } from "../protocol/map.ts";
import { AREAS_ENDINGS, HEADER_ENDINGS } from "../protocol/race.ts";
import { CHUNK_SIZE_ERRORS, OUTCOMES } from "./check/activation.ts";
import { CORE_CODES, HEADER_CODES } from "./check/finding-codes.ts";
import { HEADER_RACES } from "./check/fingerprints.ts";
import { MERGE_STOPS } from "./check/merge.ts";
import { makeCore, rowOf } from "./core.ts";
import { KINDS } from "./race/alloc-area.ts";
import { OPS } from "./race/machine.ts";
import { FATES } from "./repair/fates.ts";

const core = await makeCore(await WebAssembly.compile(readFileSync("build/core.wasm")));

test.each([
  ["read_header()'s outcomes", OUTCOMES, core.HEADER_OUTCOMES],
  ["why a chunk size is refused", CHUNK_SIZE_ERRORS, core.CHUNK_SIZE_OUTCOMES],
  ["where merging stops", MERGE_STOPS, core.MERGE_STOPS],
  ["findings", CORE_CODES, core.FINDING_KINDS],
  ["what a chunk is", CHUNK_KINDS, core.CHUNK_KINDS],
  ["what is odd in a header", HEADER_CODES, core.HEADER_CHECKS],
  ["traces of the race in a header", HEADER_RACES, core.HEADER_RACES],
  ["what a step does", OPS, core.OPS],
  ["how the header ends", HEADER_ENDINGS, core.OUTCOMES],
  ["how the areas end", AREAS_ENDINGS, core.AREAS_OUTCOMES],
  ["what happens in alloc_area()", KINDS, core.EVENTS],
  ["what a repair does with an exception", FATES, core.REPAIR_FATES],
] as [string, readonly unknown[], { value: number }][])(
  "%s: the engine's table is as long as the core's",
  (_, table, count) => {
    expect(table.length).toBe(count.value);
    expect(new Set(table).size).toBe(table.length);
  },
);

test("a code without a row is a fault, never a plausible answer", () => {
  expect(() => rowOf(OUTCOMES, OUTCOMES.length)).toThrow(/no row/);
  expect(() => rowOf(OUTCOMES, -1 >>> 0)).toThrow(/no row/);
  expect(rowOf(CHUNK_SIZE_ERRORS, 0)).toBeNull();
});
