import type { FindingCode } from "./finding.ts";

/** Codes outside `race.*` and `history.*` that tell how a store came to be as it is. */
const OTHERS: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "store.orphan-area",
  "area.lost-exceptions",
  "header.chunk-size.contradicted",
]);

/** Whether a finding is evidence of a cause; the others say what is wrong. */
export const isFingerprint = ({ code }: { code: FindingCode }): boolean =>
  code.startsWith("race.") || code.startsWith("history.") || OTHERS.has(code);
