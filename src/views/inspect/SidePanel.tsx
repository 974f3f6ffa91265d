import { useEffect, useState, useSyncExternalStore } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { SnapshotRun } from "../../client/snapshot-run.ts";
import type { Report } from "../../protocol/report.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { type Tab, TabbedPanel } from "../../ui/TabbedPanel.tsx";
import type { ShownException } from "../data/DataDialog.tsx";
import { useDataDialog } from "../data/use-data-dialog.tsx";
import { ChunkSizePanel } from "./ChunkSizePanel.tsx";
import { ExceptionsPanel } from "./ExceptionsPanel.tsx";
import { LookupPanel } from "./LookupPanel.tsx";
import { NoExceptions } from "./NoExceptions.tsx";
import { RowsNotKept } from "./RowsNotKept.tsx";
import { SnapshotPanel } from "./SnapshotPanel.tsx";

interface SidePanelProps {
  store: OpenedStore;
  reader: StoreReader;
  snapshot: SnapshotRun;
  /** Shows a row of the exception table in its area. */
  onGoToException: (row: number) => void;
}

/** Beside the findings: the table, the chunk sizes it could be read by, and what it is good for. */
export function SidePanel({ store, reader, snapshot, onGoToException }: SidePanelProps) {
  const [selected, setSelected] = useState(() => firstTab(store.report));
  const data = useDataDialog(store, reader, snapshot);
  const tabs = [
    ...tabsOf(store, reader, onGoToException, data.show),
    {
      id: "snapshot",
      title: "Snapshot",
      content: <SnapshotPanel report={store.report} run={snapshot} />,
    },
    {
      id: "lookup",
      title: "Look up",
      content: (
        <LookupPanel
          isOpen={selected === "lookup"}
          reader={reader}
          onGoTo={onGoToException}
          onShowData={data.show}
        />
      ),
    },
  ];
  // A dropped origin brings its panel forward.
  const { origin } = useSyncExternalStore(snapshot.subscribe, snapshot.state);
  useEffect(() => {
    if (origin !== null) setSelected("snapshot");
  }, [origin]);
  return (
    <>
      <TabbedPanel
        label="More about the store"
        tabs={tabs}
        selected={selected}
        onSelect={setSelected}
      />
      {data.dialog}
    </>
  );
}

/** Open at the start: the chunk size where the header gives none. */
const firstTab = (report: Report): string =>
  report.chunkSize.ranking.length > 0 && isInferred(report) ? "chunk-size" : "exceptions";

function tabsOf(
  store: OpenedStore,
  reader: StoreReader,
  onGoTo: (row: number) => void,
  onShowData: (exception: ShownException) => void,
): Tab[] {
  const { report } = store;
  const exceptions: Tab = {
    id: "exceptions",
    title: "Exceptions",
    content:
      store.rowCount === 0 ? (
        <NoExceptions />
      ) : !store.rowsKept ? (
        <RowsNotKept count={store.rowCount} />
      ) : (
        <ExceptionsPanel store={store} reader={reader} onGoTo={onGoTo} onShowData={onShowData} />
      ),
  };
  if (report.chunkSize.ranking.length === 0) return [exceptions];
  const chunkSize: Tab = {
    id: "chunk-size",
    title: isInferred(report) ? "Chunk size, inferred" : "Chunk size",
    content: <ChunkSizePanel report={report} />,
  };
  return isInferred(report) ? [chunkSize, exceptions] : [exceptions, chunkSize];
}

const isInferred = ({ chunkSize }: Report): boolean => chunkSize.from !== "header";
