import type { Report } from "../protocol/report.ts";

const RANK = ["fatal", "problem", "note", "ok"];

/**
 * The report with the worst `most` of its findings, in their order; `findingCounts` still has all.
 * @param most null: as it is.
 */
export function withWorst(report: Report, most: number | null): Report {
  const { findings } = report;
  if (most === null || findings.length <= most) return report;
  const rank = (index: number) => RANK.indexOf(findings[index]?.severity ?? "ok");
  const worst = [...findings.keys()].sort((a, b) => rank(a) - rank(b)).slice(0, most);
  const kept = new Set(worst);
  return { ...report, findings: findings.filter((_, index) => kept.has(index)) };
}
