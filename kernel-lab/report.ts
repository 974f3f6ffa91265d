import { writeFile } from "node:fs/promises";
import path from "node:path";
import { SECTOR } from "../testing/disk.ts";
import { writeCase } from "./case-files.ts";
import type { Case } from "./cases.ts";
import { differences } from "./comparison.ts";
import { type CommandOptions, commandFor } from "./options.ts";
import type { Prediction } from "./prediction.ts";
import type { Verdict } from "./verdict.ts";

/** A case with all that was said about it. */
export interface Answered {
  asked: Case;
  verdict: Verdict;
  predictions: readonly Prediction[];
}

/**
 * Prints every case on which the kernel differs so that it can be replayed, and keeps its files.
 * @returns how many there are
 */
export async function reportDifferences(
  answered: readonly Answered[],
  options: CommandOptions,
  folder: string,
): Promise<number> {
  let failed = 0;
  for (const one of answered) {
    const found = one.predictions.flatMap((p) => differences(one.asked, one.verdict, p));
    if (found.length === 0) continue;
    failed++;
    const { number } = one.asked;
    const kept = path.join(folder, `${options.kernel}-seed-${options.seed}-case-${number}`);
    await keep(one, kept);
    console.log(`\ncase ${number}: ${JSON.stringify(summary(one.asked))}`);
    for (const difference of found) console.log(`  ${difference}`);
    console.log(`  replay: ${commandFor(options, number)}`);
    console.log(`  files:  ${kept}`);
  }
  return failed;
}

async function keep({ asked, verdict, predictions }: Answered, folder: string): Promise<void> {
  await writeCase(asked, folder);
  const details = { ...summary(asked), recipe: asked.damage.recipe, verdict, predictions };
  await writeFile(path.join(folder, "case.json"), JSON.stringify(details, null, 2));
}

const summary = ({ base, damage, originSectors, tableChunk, blockSize }: Case) => ({
  base: base.name,
  damage: damage.name,
  cowSectors: damage.bytes.length / SECTOR,
  originSectors,
  tableChunk,
  blockSize,
});
