import type { Finding } from "../../protocol/finding.ts";
import { isFingerprint } from "../../protocol/fingerprint.ts";

/** All that a finding says, as marked text: what was expected of its bytes stands between ** and **. */
export function findingInFull(finding: Finding): string {
  const { message, expected, found } = finding;
  if (isFingerprint(finding)) return `Fingerprint: ${message}.`;
  return `${message}. Expected **${expected}**, found **${found}**.`;
}
