import type { Severity } from "../../protocol/finding.ts";
import type { Report } from "../../protocol/report.ts";
import { counted } from "../../ui/format.ts";
import { Fingerprint } from "../../ui/icons.tsx";
import styles from "./FindingsPanel.module.css";
import { findingTotals } from "./finding-totals.ts";

const PLURALS: Record<Severity, string> = {
  fatal: "fatal",
  problem: "problems",
  note: "notes",
  ok: "fine",
};

/** "4 findings · 2 fatal · 1 problem": all there are, also those that are counted and not listed. */
export function FindingTotals({ report }: { report: Report }) {
  const { all, listed, fingerprints, bySeverity } = findingTotals(report);
  return (
    <>
      {counted(all, "finding")}
      {bySeverity.map(({ severity, count }) => (
        <span key={severity}>
          {" · "}
          <span className={styles[severity]}>{counted(count, severity, PLURALS[severity])}</span>
        </span>
      ))}
      {fingerprints > 0n && (
        <>
          {" · "}
          <span className={styles.fingerprint}>
            <Fingerprint />
          </span>{" "}
          {counted(fingerprints, "fingerprint")}
        </>
      )}
      {all > BigInt(listed) && ` · the first ${listed} are listed`}
    </>
  );
}
