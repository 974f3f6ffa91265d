import type { Finding, Severity } from "../../protocol/finding.ts";

export const WORST_FIRST: readonly Severity[] = ["fatal", "problem", "note", "ok"];

/** The worst first; those that are as bad stay in the report's order, which is the device's. */
export const worstFirst = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity));
