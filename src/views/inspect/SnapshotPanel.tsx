import { useRef, useSyncExternalStore } from "react";
import type { SnapshotRun } from "../../client/snapshot-run.ts";
import type { Report } from "../../protocol/report.ts";
import { Button } from "../../ui/Button.tsx";
import { TabBody } from "../../ui/TabbedPanel.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import styles from "./SnapshotPanel.module.css";
import { SnapshotProblem } from "./SnapshotProblem.tsx";
import { SnapshotProgressBar } from "./SnapshotProgressBar.tsx";
import { SnapshotResult } from "./SnapshotResult.tsx";
import { saveSnapshot } from "./save-snapshot.ts";

interface SnapshotPanelProps {
  report: Report;
  run: SnapshotRun;
}

/** What the kernel would read from the snapshot device, once the origin is here. */
export function SnapshotPanel({ report, run }: SnapshotPanelProps) {
  const {
    origin,
    running,
    progress,
    report: read,
    savedAs,
    problem,
  } = useSyncExternalStore(run.subscribe, run.state);
  const picker = useRef<HTMLInputElement>(null);
  useKeys(running === null ? [] : [["Escape", () => run.cancel()]]);

  if (!report.kernel.activates) {
    return (
      <TabBody about="not activated">
        <p className={styles.words}>
          The kernel does not activate this store: there is no snapshot device to read from.
        </p>
      </TabBody>
    );
  }
  const { paired } = run;
  const isPaired = paired !== null && paired.why === null;
  const choose = (
    <Button onClick={() => picker.current?.click()}>
      {origin === null && !isPaired ? "Choose the origin …" : "Another origin …"}
    </Button>
  );
  const known = origin?.name ?? (isPaired ? paired.name : null);
  const about = known === null ? "needs the origin" : `of ${known}`;
  const save = (
    <Button onClick={() => void saveSnapshot(run, report.image.name)}>Save the snapshot …</Button>
  );
  return (
    <TabBody about={about} aside={running === null && origin !== null && choose}>
      <div className={styles.box}>
        {origin === null && paired !== null && (
          <div className={styles.zone}>
            <p>
              {paired.why === null
                ? `Its origin, ${paired.name}, lies beside it: what the kernel would read from the snapshot is worked out here, and nothing is written to either.`
                : `Its origin, ${paired.name}, cannot be read: ${paired.why}. Drop it as a file of its own over “Use it as the origin”.`}
            </p>
            {paired.why === null && (
              <Button
                kind="primary"
                onClick={() => void run.read({ blob: null, name: paired.name })}
              >
                Read the snapshot
              </Button>
            )}
            {choose}
          </div>
        )}
        {origin === null && paired === null && (
          <div className={styles.zone}>
            <p>
              Drop the origin as it is now over “Use it as the origin”: what the kernel would read
              from the snapshot is worked out here, and neither image is written to.
            </p>
            {choose}
          </div>
        )}
        {running !== null && (
          <SnapshotProgressBar
            running={running}
            progress={progress}
            onCancel={() => run.cancel()}
          />
        )}
        {problem !== null && (
          <SnapshotProblem
            problem={problem}
            onRetry={origin === null ? null : () => void run.read(origin)}
          />
        )}
        {read !== null && (
          <SnapshotResult read={read} savedAs={savedAs} save={running === null && save} />
        )}
      </div>
      <input
        ref={picker}
        hidden
        type="file"
        aria-label="Origin"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) void run.read({ blob: file, name: file.name });
          event.target.value = "";
        }}
      />
    </TabBody>
  );
}
