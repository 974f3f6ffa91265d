import { kernelAge } from "../../protocol/find-kernel.ts";
import type { Severity } from "../../protocol/finding.ts";
import { MODERN } from "../../protocol/kernel-ages.ts";
import type { KernelOutcome, Report } from "../../protocol/report.ts";
import { ageGroups } from "./age-groups.ts";
import { gistOf, type KernelLines, linesOf } from "./kernel-lines.ts";
import { distributionNames, rangeNames } from "./kernel-names.ts";

/** What kernels that do the same do with the open store: a row of the table beside the verdict. */
export interface KernelRow {
  kernels: string;
  /** What their name says in brackets, or that this is the kernel chosen under Options. */
  aside: string | null;
  /** Whether it is the kernel that the rest of the report speaks of. */
  asked: boolean;
  word: string;
  severity: Severity;
  gist: string[];
  lines: KernelLines[];
}

/** A row for each group of ages that do the same, the newest first. */
export function kernelRows(report: Report): KernelRow[] {
  const { ages, kernel, options, verdict } = report;
  const told = { atStake: verdict.severity, kernel };
  const askedAge = kernelAge(options.kernel);
  // Before the header is judged by every age there is only the one that was asked about.
  if (ages.length === 0) {
    const kernels = rangeNames([askedAge]);
    return [toRow({ kernels, aside: distributionNames([askedAge]) }, kernel, told, true)];
  }
  return ageGroups(ages).map((group) => {
    const { kernels, outcome, members } = group;
    const isAsked = members.some(
      ({ age, tableChunk }) => age === askedAge.id && tableChunk === options.tableChunk,
    );
    if (!isAsked) return toRow(group, outcome, told, false);
    const chosen = options.kernel === MODERN || members.length === 1;
    const aside = chosen ? group.aside : `${rangeNames([askedAge])} as chosen`;
    return toRow({ kernels, aside }, kernel, told, true);
  });
}

/**
 * @param told what the report tells in full: how bad the worst is, and the kernel it speaks of.
 * @param asked whether this is that kernel's row.
 */
function toRow(
  { kernels, aside }: { kernels: string; aside: string | null },
  outcome: KernelOutcome,
  told: { atStake: Severity; kernel: KernelOutcome },
  asked: boolean,
): KernelRow {
  const { word, severity } = wordFor(outcome, told.atStake);
  const gist = gistOf(outcome, told.kernel);
  return { kernels, aside, asked, word, severity, gist, lines: linesOf(outcome) };
}

/** One or two words for what activation does; `atStake` is how bad formatting would be. */
function wordFor(outcome: KernelOutcome, atStake: Severity): { word: string; severity: Severity } {
  if (outcome.crash !== null) return { word: "crashes", severity: "fatal" };
  if (!outcome.activates) return { word: "refuses", severity: "problem" };
  if (outcome.writes.length > 0) {
    return { word: "formats it", severity: atStake === "ok" ? "note" : atStake };
  }
  if (outcome.status === "Invalid" || outcome.status === "Overflow") {
    return { word: "starts, invalid", severity: "problem" };
  }
  return { word: "activates", severity: "ok" };
}
