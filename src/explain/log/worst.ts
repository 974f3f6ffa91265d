import type { Severity } from "../../protocol/finding.ts";
import type { LogReport } from "../../protocol/log.ts";
import { RANK } from "../verdict/severity.ts";

/** The worst that a log says; "ok" where it says nothing of snapshots. */
export function worst({ messages }: LogReport): Severity {
  return messages.reduce<Severity>(
    (known, { severity }) => (RANK.indexOf(severity) > RANK.indexOf(known) ? severity : known),
    "ok",
  );
}
