import { type FunctionComponent, useEffect, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { SnapshotRun } from "../../client/snapshot-run.ts";
import { PageIncomplete } from "../../protocol/page-incomplete.ts";
import type { Report } from "../../protocol/report.ts";
import { TabBody } from "../../ui/TabbedPanel.tsx";
import { useOrigin } from "../data/use-origin.ts";
import type { FilesPanelProps } from "./FilesPanel.tsx";
import styles from "./FilesTab.module.css";

interface FilesTabProps {
  isOpen: boolean;
  report: Report;
  reader: StoreReader;
  snapshot: SnapshotRun;
}

/** The files of the snapshot, once its origin is here; or one sentence on why there are none. */
export function FilesTab({ isOpen, report, reader, snapshot }: FilesTabProps) {
  const origin = useOrigin(snapshot);
  const Panel = usePanel(isOpen && origin !== null && report.kernel.activates);
  if (!report.kernel.activates) {
    return (
      <Words>The kernel does not activate this store: there is no snapshot with files in it.</Words>
    );
  }
  if (origin === null) {
    const { paired } = snapshot;
    return (
      <Words>
        {paired !== null && `Its origin, ${paired.name}, cannot be read: ${paired.why}. `}
        Drop the origin as it is now over “Use it as the origin”: the files of the snapshot are then
        listed here, and neither image is written to.
      </Words>
    );
  }
  if (Panel === null) return <Words>loading …</Words>;
  return <Panel isOpen={isOpen} reader={reader} origin={origin} />;
}

function Words({ children }: { children: React.ReactNode }) {
  return (
    <TabBody>
      <p className={styles.words}>{children}</p>
    </TabBody>
  );
}

let loaded: FunctionComponent<FilesPanelProps> | null = null;

/** What shows files arrives when it is first looked at; what does not arrive is asked for again. */
function usePanel(wanted: boolean): FunctionComponent<FilesPanelProps> | null {
  const [Panel, setPanel] = useState(() => loaded);
  useEffect(() => {
    if (!wanted || Panel !== null) return;
    import("./FilesPanel.tsx").then(
      ({ FilesPanel }) => {
        loaded = FilesPanel;
        setPanel(() => FilesPanel);
      },
      (error: unknown) => setPanel(() => missingPanel(error)),
    );
  }, [wanted, Panel]);
  return Panel;
}

function missingPanel(error: unknown): FunctionComponent {
  const { message, todo } = new PageIncomplete("shows files", error).problem;
  return () => (
    <Words>
      {message}. {todo}
    </Words>
  );
}
