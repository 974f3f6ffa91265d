import { WORST_FIRST } from "../../explain/findings/worst-first.ts";
import type { Finding, FindingCode, Severity } from "../../protocol/finding.ts";
import { isFingerprint } from "../../protocol/fingerprint.ts";
import type { Report } from "../../protocol/report.ts";

export interface FindingTotals {
  all: bigint;
  /** How many stand in the report one by one. */
  listed: number;
  /** Those that are evidence of a cause. */
  fingerprints: bigint;
  /** The worst first; none that is 0. */
  bySeverity: { severity: Severity; count: bigint }[];
}

/** Counts what there is, not what is listed: a report lists only the first few of each code. */
export function findingTotals({ findings, findingCounts }: Report): FindingTotals {
  const severityOf = new Map<FindingCode, Severity>(
    findings.map((finding: Finding) => [finding.code, finding.severity]),
  );
  const counts = new Map<Severity, bigint>();
  let all = 0n;
  let fingerprints = 0n;
  for (const [code, severity] of severityOf) {
    const count = BigInt(findingCounts[code] ?? 0);
    counts.set(severity, (counts.get(severity) ?? 0n) + count);
    all += count;
    if (isFingerprint({ code })) fingerprints += count;
  }
  const bySeverity = WORST_FIRST.flatMap((severity) => {
    const count = counts.get(severity);
    return count === undefined ? [] : [{ severity, count }];
  });
  return { all, listed: findings.length, fingerprints, bySeverity };
}
