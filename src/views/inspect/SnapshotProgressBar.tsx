import type { SnapshotProgress } from "../../protocol/snapshot.ts";
import { Button } from "../../ui/Button.tsx";
import { byteSize } from "../../ui/format.ts";
import styles from "./SnapshotPanel.module.css";

interface SnapshotProgressBarProps {
  running: "reading" | "saving";
  progress: SnapshotProgress | null;
  onCancel: () => void;
}

export function SnapshotProgressBar({ running, progress, onCancel }: SnapshotProgressBarProps) {
  const what = running === "saving" ? "Saving the snapshot" : "Reading the snapshot";
  return (
    <div className={styles.running}>
      <progress
        aria-label={what}
        max={progress?.total ?? 1}
        // Without a value the bar says that it goes on, and not how far it is.
        {...(progress === null ? {} : { value: progress.done })}
      />
      <span className={styles.done}>
        {what}
        {progress !== null && `: ${byteSize(progress.done)} of ${byteSize(progress.total)}`}
      </span>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}
