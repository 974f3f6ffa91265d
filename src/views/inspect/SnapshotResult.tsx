import type { ReactNode } from "react";
import type { SnapshotReport } from "../../protocol/snapshot.ts";
import { byteSize, counted, grouped } from "../../ui/format.ts";
import { CopyButton } from "./CopyButton.tsx";
import styles from "./SnapshotPanel.module.css";
import { MOST_RANGES, rangeWords } from "./unreadable-words.ts";

interface SnapshotResultProps {
  read: SnapshotReport;
  savedAs: string | null;
  /** The button that saves it. */
  save: ReactNode;
}

export function SnapshotResult({ read, savedAs, save }: SnapshotResultProps) {
  const { sha256, bytes, chunkBytes, unreadableChunks, unreadableCount } = read;
  const unlisted = unreadableChunks.length - MOST_RANGES;
  return (
    <>
      <dl className={styles.facts}>
        <dt>sha256</dt>
        <dd className={styles.hash}>{sha256}</dd>
        <dt>Size</dt>
        <dd>
          {counted(bytes, "byte")} ({byteSize(Number(bytes))}), chunks of {byteSize(chunkBytes)}
        </dd>
        <dt>Unreadable</dt>
        <dd>
          {unreadableCount === "0" ? (
            "none: the kernel answers every read"
          ) : (
            <>
              {counted(unreadableCount, "chunk")} answered with EIO, zeros here:{" "}
              <span className={styles.ranges}>{rangeWords(unreadableChunks)}</span>
              {unlisted > 0 && ` and ${grouped(unlisted)} more runs`}
            </>
          )}
        </dd>
      </dl>
      <div className={styles.actions}>
        <CopyButton what="Copy sha256" text={sha256} />
        {save}
        {savedAs !== null && (
          <span className={styles.quiet} role="status">
            Saved as {savedAs}
          </span>
        )}
      </div>
    </>
  );
}
