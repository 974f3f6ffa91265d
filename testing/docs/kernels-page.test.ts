import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fixtureRows } from "../corpus/fixture-rows.ts";
import { mergeKernels } from "../merge-rows.ts";
import { kernelsPage, requireWhole, sumsLine, tallyOf } from "./kernels-page.ts";

// That the rows agree is what kernel.test.ts, booted-kernels.test.ts, snapshot.test.ts, merge.test.ts
// and old-kernels.test.ts find out; here, that the page says how many there are.
const tallies = tallyOf(fixtureRows());

test("docs/kernels.md is what `npm run docs:kernels` makes of the fixtures and the table of ages", () => {
  requireWhole(tallies);
  expect(readFileSync("docs/kernels.md", "utf8")).toBe(kernelsPage(tallies, mergeKernels()));
});

test("the README says the same numbers", () => {
  const words = readFileSync("README.md", "utf8").replaceAll(/\s+/g, " ");
  const numbers = [...sumsLine(tallies).matchAll(/\d+ of (\d+) answers of (\d+)/g)];
  expect(numbers).toHaveLength(2);
  for (const [, rows, kernels] of numbers) {
    expect(words).toContain(`${rows} answers of ${kernels} kernels`);
  }
});
