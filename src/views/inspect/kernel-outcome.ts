import type { Severity } from "../../protocol/finding.ts";
import type { KernelOutcome, Report } from "../../protocol/report.ts";

/** What one kernel does with the open store: a row of the table beside the verdict. */
export interface KernelRow {
  kernel: string;
  word: string;
  severity: Severity;
  /** What it says and does, under the name of whoever says it. */
  lines: { from: string; text: string }[];
}

const KERNEL_NAMES: Partial<Record<string, string>> = { modern: "modern (6.1)" };

export function kernelRows(report: Report): KernelRow[] {
  const { kernel } = report.options;
  const { word, severity } = wordFor(report.kernel, report.verdict.severity);
  return [
    { kernel: KERNEL_NAMES[kernel] ?? kernel, word, severity, lines: linesOf(report.kernel) },
  ];
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

function linesOf(outcome: KernelOutcome): KernelRow["lines"] {
  const lines = outcome.dmesg.map((text) => ({ from: "dmesg", text }));
  if (outcome.crash !== null) lines.push({ from: "oops", text: outcome.crash });
  if (outcome.dmsetup !== null) lines.push({ from: "dmsetup", text: outcome.dmsetup });
  if (outcome.errno !== null) lines.push({ from: "errno", text: outcome.errno });
  if (outcome.status !== null) lines.push({ from: "status", text: outcome.status });
  for (const { sector, sectors, what } of outcome.writes) {
    lines.push({ from: "writes", text: `${what}: ${sectors} sectors from ${sector}` });
  }
  if (outcome.activates && outcome.writes.length === 0) {
    lines.push({ from: "writes", text: "nothing" });
  }
  return lines;
}
