import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import type { PanelId } from "../../address/inspect-address.ts";
import type { StoreReader } from "../../client/held-store.ts";
import type { SnapshotRun } from "../../client/snapshot-run.ts";
import type { Report } from "../../protocol/report.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { type Tab, TabbedPanel } from "../../ui/TabbedPanel.tsx";
import type { ShownException } from "../data/DataDialog.tsx";
import { useDataDialog } from "../data/use-data-dialog.tsx";
import { FilesTab } from "../files/FilesTab.tsx";
import { ChunkSizePanel } from "./ChunkSizePanel.tsx";
import { ExceptionsPanel } from "./ExceptionsPanel.tsx";
import type { KeptPlace } from "./kept-place.ts";
import { LookupPanel } from "./LookupPanel.tsx";
import { NoExceptions } from "./NoExceptions.tsx";
import { RowsNotKept } from "./RowsNotKept.tsx";
import { SnapshotPanel } from "./SnapshotPanel.tsx";

interface SidePanelProps {
  store: OpenedStore;
  reader: StoreReader;
  snapshot: SnapshotRun;
  place: KeptPlace;
  /** Shows a row of the exception table in its area. */
  onGoToException: (row: number) => void;
}

/** A tab that an address can name. */
type PlacedTab = Tab & { id: PanelId };

/** Beside the findings: the table, the chunk sizes it could be read by, and what it is good for. */
export function SidePanel({ store, reader, snapshot, place, onGoToException }: SidePanelProps) {
  const [selected, setSelected] = useState(() => firstTab(store.report, place.link.panel));
  const select = useCallback(
    (panel: PanelId) => {
      setSelected(panel);
      place.keep({ panel });
    },
    [place],
  );
  const data = useDataDialog(store, reader, snapshot);
  const tabs: PlacedTab[] = [
    ...tabsOf(store, reader, place, onGoToException, data.show),
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
    {
      id: "files",
      title: "Files",
      content: (
        <FilesTab
          isOpen={selected === "files"}
          report={store.report}
          reader={reader}
          snapshot={snapshot}
        />
      ),
    },
  ];
  // A dropped origin brings its panel forward.
  const { origin } = useSyncExternalStore(snapshot.subscribe, snapshot.state);
  useEffect(() => {
    if (origin !== null) select("snapshot");
  }, [origin, select]);
  return (
    <>
      <TabbedPanel
        label="More about the store"
        tabs={tabs}
        selected={selected}
        onSelect={(wanted) => {
          const tab = tabs.find(({ id }) => id === wanted);
          if (tab !== undefined) select(tab.id);
        }}
      />
      {data.dialog}
    </>
  );
}

/** Open at the start: the one an address asks for, else the chunk size where the header gives none. */
function firstTab(report: Report, asked: PanelId | null): PanelId {
  const isRanked = report.chunkSize.ranking.length > 0;
  if (asked !== null && (asked !== "chunk-size" || isRanked)) return asked;
  return isRanked && isInferred(report) ? "chunk-size" : "exceptions";
}

function tabsOf(
  store: OpenedStore,
  reader: StoreReader,
  place: KeptPlace,
  onGoTo: (row: number) => void,
  onShowData: (exception: ShownException) => void,
): PlacedTab[] {
  const { report } = store;
  const exceptions: PlacedTab = {
    id: "exceptions",
    title: "Exceptions",
    content:
      store.rowCount === 0 ? (
        <NoExceptions />
      ) : !store.rowsKept ? (
        <RowsNotKept count={store.rowCount} />
      ) : (
        <ExceptionsPanel
          store={store}
          reader={reader}
          place={place}
          onGoTo={onGoTo}
          onShowData={onShowData}
        />
      ),
  };
  if (report.chunkSize.ranking.length === 0) return [exceptions];
  const chunkSize: PlacedTab = {
    id: "chunk-size",
    title: isInferred(report) ? "Chunk size, inferred" : "Chunk size",
    content: <ChunkSizePanel report={report} />,
  };
  return isInferred(report) ? [chunkSize, exceptions] : [exceptions, chunkSize];
}

const isInferred = ({ chunkSize }: Report): boolean => chunkSize.from !== "header";
