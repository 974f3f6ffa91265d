import type { Severity } from "../../protocol/finding.ts";

/** From harmless to worst. */
export const RANK: readonly Severity[] = ["ok", "note", "problem", "fatal"];

/** In a word, for people. */
export const SEVERITY_WORDS: Record<Severity, string> = {
  ok: "fine",
  note: "note",
  problem: "problem",
  fatal: "fatal",
};

/** The worst of findings, or of what a log says; "ok" where there is none. */
export function worst(of: readonly { severity: Severity }[]): Severity {
  return of.reduce<Severity>(
    (known, { severity }) => (RANK.indexOf(severity) > RANK.indexOf(known) ? severity : known),
    "ok",
  );
}
