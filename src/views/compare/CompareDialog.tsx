import { useEffect, useId, useRef } from "react";
import type { Image, StoreReader } from "../../client/held-store.ts";
import type { Problem } from "../../protocol/problem.ts";
import { Button } from "../../ui/Button.tsx";
import { counted } from "../../ui/format.ts";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import styles from "./CompareDialog.module.css";
import { Comparison } from "./Comparison.tsx";
import { useDiff } from "./use-diff.ts";

interface CompareDialogProps {
  reader: StoreReader;
  other: Image;
  onClose: () => void;
}

/** Two stores side by side, by mapping. Closing it stops what is still read. */
export function CompareDialog({ reader, other, onClose }: CompareDialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const { read, progress } = useDiff(reader, other);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      <div className={styles.head}>
        <h2 id={id}>Compared with {other.name}</h2>
        <form method="dialog">
          <Button type="submit">{read === null ? "Cancel" : "Close"}</Button>
        </form>
      </div>
      {read === null && (
        <p className={styles.words} role="status">
          reading …{progress !== null && ` ${counted(progress.exceptions, "exception")} so far`}
        </p>
      )}
      {read?.ok === false && <ProblemWords problem={read.problem} />}
      {read?.ok && <Comparison report={read.value} />}
    </dialog>
  );
}

function ProblemWords({ problem }: { problem: Problem }) {
  const { code, message, expected, found, todo } = problem;
  return (
    <div className={styles.words} role="alert">
      <p>
        <SeverityChip severity="problem">problem</SeverityChip> <code>{code}</code> {message}
      </p>
      <p>
        {expected !== "" && `Expected ${expected}, found ${found}. `}
        {todo}.
      </p>
    </div>
  );
}
