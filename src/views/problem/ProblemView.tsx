import type { Severity } from "../../protocol/finding.ts";
import type { Problem, ProblemCode } from "../../protocol/problem.ts";
import { Button } from "../../ui/Button.tsx";
import { ProblemScreen } from "./ProblemScreen.tsx";

interface ProblemViewProps {
  problem: Problem;
  /** null where there is nothing to check again. */
  onRetry: (() => void) | null;
  onChoose: () => void;
  onLeave: () => void;
}

const SEVERITY: Record<ProblemCode, Severity> = {
  "image.unreadable": "problem",
  "image.changed": "problem",
  "image.empty": "problem",
  "image.hole": "problem",
  "image.unavailable": "problem",
  "image.not-a-store": "problem",
  "image.several-stores": "problem",
  "option.bad": "problem",
  "store.stale": "problem",
  "store.packed": "problem",
  "machine.stale": "problem",
  "snapshot.refused": "problem",
  "snapshot.origin": "problem",
  "snapshot.unwritable": "problem",
  "snapshot.tangled": "problem",
  "table.too-large": "problem",
  "files.none": "problem",
  "files.path": "problem",
  "files.large": "problem",
  "snapshot.input": "problem",
  "rescue.no-table": "problem",
  "race.too-large": "problem",
  "race.image": "problem",
  "page.incomplete": "problem",
  cancelled: "note",
  "fault.core": "fatal",
  "fault.worker": "fatal",
};

/** An image that could not be checked. */
export function ProblemView({ problem, onRetry, onChoose, onLeave }: ProblemViewProps) {
  return (
    <ProblemScreen
      severity={SEVERITY[problem.code]}
      title={problem.message}
      details={[
        { name: "Where", text: problem.where },
        { name: "Expected", text: problem.expected },
        { name: "Found", text: problem.found },
        { name: "Code", text: `\`${problem.code}\`` },
      ]}
      todo={problem.todo}
      actions={
        <>
          {onRetry !== null && (
            <Button kind="primary" onClick={onRetry}>
              Check it again
            </Button>
          )}
          <Button kind={onRetry === null ? "primary" : "plain"} onClick={onChoose}>
            Choose an image …
          </Button>
          <Button onClick={onLeave}>Back to the start</Button>
        </>
      }
    />
  );
}
