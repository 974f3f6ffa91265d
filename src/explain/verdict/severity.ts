import type { Finding, Severity } from "../../protocol/finding.ts";

/** From harmless to worst. */
export const RANK: readonly Severity[] = ["ok", "note", "problem", "fatal"];

export function worst(findings: readonly Finding[]): Severity {
  return findings.reduce<Severity>(
    (known, { severity }) => (RANK.indexOf(severity) > RANK.indexOf(known) ? severity : known),
    "ok",
  );
}
