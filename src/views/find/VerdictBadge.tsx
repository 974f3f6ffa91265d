import type { StoreCheck } from "../../client/store-checks.ts";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import styles from "./FindView.module.css";

interface VerdictBadgeProps {
  check: StoreCheck | undefined;
  /** Whether all of the store is there. */
  complete: boolean;
}

/** What is known of a store by now: its verdict, or that its turn comes. */
export function VerdictBadge({ check, complete }: VerdictBadgeProps) {
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
          <SeverityChip severity={severity}>{id}</SeverityChip>{" "}
          <span className={styles.words}>
            {title.replaceAll("**", "")}
            {!complete && " (what was read of it is all there)"}
          </span>
        </>
      );
    }
  }
}
