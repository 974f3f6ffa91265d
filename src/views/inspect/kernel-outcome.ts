import type { Severity } from "../../protocol/finding.ts";
import type { KernelOutcome, Report } from "../../protocol/report.ts";
import { counted } from "../../ui/format.ts";

/** What one kernel does with the open store: a row of the table beside the verdict. */
export interface KernelRow {
  kernel: string;
  word: string;
  severity: Severity;
  /** What it says and does, under the name of whoever says it. */
  lines: { from: string; texts: string[] }[];
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
  const lines: KernelRow["lines"] = [];
  if (outcome.dmesg.length > 0) lines.push({ from: "dmesg", texts: outcome.dmesg });
  if (outcome.crash !== null) lines.push({ from: "oops", texts: [outcome.crash] });
  const failure = [outcome.dmsetup, outcome.errno].filter((text) => text !== null);
  if (failure.length > 0) lines.push({ from: "dmsetup", texts: [failure.join(" · ")] });
  if (outcome.status !== null) lines.push({ from: "status", texts: [outcome.status] });
  const writes = outcome.writes.map(
    ({ sector, sectors, what }) => `${what}: ${counted(sectors, "sector")} from ${sector}`,
  );
  if (writes.length > 0) lines.push({ from: "writes", texts: writes });
  else if (outcome.activates) lines.push({ from: "writes", texts: ["nothing"] });
  return lines;
}
