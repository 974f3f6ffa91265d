import type { Problem } from "../../protocol/problem.ts";
import { Button } from "../../ui/Button.tsx";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import styles from "./SnapshotPanel.module.css";

interface SnapshotProblemProps {
  problem: Problem;
  onRetry: (() => void) | null;
}

/** Why there is no snapshot: it concerns the origin alone, so the store stays on the screen. */
export function SnapshotProblem({ problem, onRetry }: SnapshotProblemProps) {
  const { code, message, expected, found, todo } = problem;
  return (
    <div className={styles.problem} role="alert">
      <p>
        <SeverityChip severity="problem">problem</SeverityChip> <code>{code}</code> {message}
      </p>
      <p className={styles.quiet}>
        {expected !== "" && `Expected ${expected}, found ${found}. `}
        {todo}
      </p>
      {onRetry !== null && <Button onClick={onRetry}>Read it again</Button>}
    </div>
  );
}
