import { ageGroups } from "../../explain/kernel/age-groups.ts";
import type { Severity } from "../../protocol/finding.ts";
import { kernelAge, MODERN } from "../../protocol/kernel-ages.ts";
import type { AgeOutcome, KernelOutcome, Report } from "../../protocol/report.ts";
import { gistOf, type KernelLines, linesOf } from "./kernel-lines.ts";

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

/** A row for each age that differs from its neighbours, newest first. */
export function kernelRows(report: Report): KernelRow[] {
  const { ages, kernel, options, verdict } = report;
  const told = { atStake: verdict.severity, kernel };
  // Before the header is judged by every age there is only the one that was asked about.
  if (ages.length === 0)
    return [toRow(kernelAge(options.kernel).kernels, kernel, told, options.kernel)];
  const groups = ageGroups(ages);
  const asked = groups[askedGroup(ages, groups, options.kernel)];
  return groups.map((group) =>
    group === asked
      ? toRow(group.kernels, kernel, told, options.kernel)
      : toRow(group.kernels, group.outcome, told, null),
  );
}

/** A group names only its newest age: the asked one is in the oldest group that reaches it. */
function askedGroup(
  ages: readonly AgeOutcome[],
  groups: readonly { outcome: AgeOutcome }[],
  asked: string,
): number {
  const place = ages.findIndex(({ age }) => age === asked);
  return groups.findLastIndex(({ outcome }) => ages.indexOf(outcome) >= place);
}

/**
 * @param told what the report tells in full: how bad the worst is, and the kernel it speaks of.
 * @param asked that kernel's age, if this is its row.
 */
function toRow(
  name: string,
  outcome: KernelOutcome,
  told: { atStake: Severity; kernel: KernelOutcome },
  asked: string | null,
): KernelRow {
  const [, kernels = name, bracket = null] = /^(.*) \((.*)\)$/.exec(name) ?? [];
  const { word, severity } = wordFor(outcome, told.atStake);
  return {
    kernels,
    aside: asked === null || asked === MODERN ? bracket : `here ${asked}, as chosen`,
    asked: asked !== null,
    word,
    severity,
    gist: gistOf(outcome, told.kernel),
    lines: linesOf(outcome),
  };
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
