import type { StoreCheck } from "../../client/store-checks.ts";
import type { Report } from "../../protocol/report.ts";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import styles from "./FindView.module.css";

interface VerdictBadgeProps {
  check: StoreCheck | undefined;
  /** Whether activating its origin overwrites that. */
  merging: boolean;
}

/** What is known of a store by now: its verdict, or that its turn comes. */
export function VerdictBadge({ check, merging }: VerdictBadgeProps) {
  if (check === undefined) return <span className={styles.quiet}>not read yet</span>;
  switch (check.at) {
    case "checking":
      return <span className={styles.quiet}>being read …</span>;
    case "problem":
      return (
        <>
          <SeverityChip severity="problem">problem</SeverityChip>{" "}
          <span className={styles.words}>{check.problem.message}</span>
        </>
      );
    case "checked": {
      const { id, severity, title } = check.report.verdict;
      return (
        <>
          <SeverityChip severity={severity}>
            {onlyIncomplete(check.report) ? "incomplete" : id}
          </SeverityChip>{" "}
          {merging && (
            <>
              <SeverityChip severity="problem">merging</SeverityChip>{" "}
            </>
          )}
          <span className={styles.words}>{title.replaceAll("**", "")}</span>
        </>
      );
    }
  }
}

/** Whether nothing else is wrong with it than that a part of it is not there. */
const onlyIncomplete = ({ verdict, findings }: Report): boolean =>
  verdict.id === "damaged" &&
  findings.every(({ code, severity }) => code === "store.incomplete" || severity === "note");
