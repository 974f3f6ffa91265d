import { kernelAge } from "../../protocol/find-kernel.ts";
import type { AgeOutcome } from "../../protocol/report.ts";
import { distributionNames, rangeNames } from "./kernel-names.ts";

/** Ages that do the same with a store. */
export interface AgeGroup {
  /** Which kernels, in words. */
  kernels: string;
  /** Distributions among them; null where there is none to name, or where it is every kernel. */
  aside: string | null;
  /** The newest of them: how the others differ in print is not worth a row. */
  outcome: AgeOutcome;
  /** All of them, newest first. */
  members: AgeOutcome[];
}

/** @param ages of a report, oldest first; @returns newest first, as a person asks. */
export function ageGroups(ages: readonly AgeOutcome[]): AgeGroup[] {
  const newestFirst = ages.toReversed();
  return newestFirst
    .filter(({ age, sameAs }) => age === sameAs)
    .map((outcome) => {
      const { age, tableChunk } = outcome;
      const members = newestFirst.filter(
        (row) => row.sameAs === age && row.tableChunk === tableChunk,
      );
      const group = members.map((row) => kernelAge(row.age));
      const isOther = ages.at(-1)?.tableChunk !== tableChunk;
      const table = isOther ? `, table chunk ${tableChunk}` : "";
      const kernels = rangeNames(group) + table;
      return { kernels, aside: distributionNames(group), outcome, members };
    });
}
