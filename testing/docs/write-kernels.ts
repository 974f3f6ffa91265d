import { writeFileSync } from "node:fs";
import { fixtureRows } from "../corpus/fixture-rows.ts";
import { askAll } from "../corpus/tally.ts";
import { mergeKernels } from "../merge-rows.ts";
import { kernelsPage, requireWhole } from "./kernels-page.ts";

/** Asks every answer in fixtures/, and writes docs/kernels.md. */
const tallies = await askAll(fixtureRows(), ({ kernel, name, tableChunk }, different) => {
  console.log(`${kernel}: ${name}, table chunk ${tableChunk}\n  ${different.join("\n  ")}`);
});
requireWhole(tallies);
writeFileSync("docs/kernels.md", kernelsPage(tallies, mergeKernels()));
