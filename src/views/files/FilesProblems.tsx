import { type FileList, MOST_LISTED_FILES } from "../../protocol/files.ts";
import { printable } from "../../protocol/printable.ts";
import type { Problem } from "../../protocol/problem.ts";
import { grouped } from "../../ui/format.ts";
import { SnapshotProblem } from "../inspect/SnapshotProblem.tsx";
import styles from "./FilesPanel.module.css";

interface FilesProblemsProps {
  problem: Problem | null;
  list: FileList | null;
  onRetry: () => void;
}

/** Why there is no list, or what is missing from it. */
export function FilesProblems({ problem, list, onRetry }: FilesProblemsProps) {
  return (
    <>
      {problem?.code === "files.none" && (
        <p className={styles.words}>
          The snapshot does not begin with a file system that is read here (ext2, ext3, ext4 or
          XFS): {problem.found}.
        </p>
      )}
      {problem !== null && problem.code !== "files.none" && (
        <div className={styles.words}>
          <SnapshotProblem problem={problem} onRetry={onRetry} />
        </div>
      )}
      {list !== null && list.problems.length > 0 && (
        <ul className={styles.missing} aria-label="Missing from the list">
          {list.problems.map(({ code, path, message }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two of them can be the same, and none moves
            <li key={at}>
              <code>{code}</code> {printable(path)}: {printable(message)}
            </li>
          ))}
          {list.moreProblems && <li>and more</li>}
        </ul>
      )}
      {list?.more && (
        <p className={styles.words}>
          These are the first {grouped(MOST_LISTED_FILES)} files of this directory; the command{" "}
          <code>cowscope files</code> lists all.
        </p>
      )}
      {list !== null && list.files.length === 0 && list.problems.length === 0 && (
        <p className={styles.words}>This directory is empty.</p>
      )}
    </>
  );
}
