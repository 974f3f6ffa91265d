import { useState } from "react";
import type { StoreReader } from "../../client/store-client.ts";
import type { Report } from "../../protocol/report.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { type Tab, TabbedPanel } from "../../ui/TabbedPanel.tsx";
import { ChunkSizePanel } from "./ChunkSizePanel.tsx";
import { ExceptionsPanel } from "./ExceptionsPanel.tsx";
import { NoExceptions } from "./NoExceptions.tsx";

interface SidePanelProps {
  store: OpenedStore;
  reader: StoreReader;
  /** Shows a row of the exception table in its area. */
  onGoToException: (row: number) => void;
}

/** Beside the findings: what the table holds, or which chunk size it can be read by. */
export function SidePanel({ store, reader, onGoToException }: SidePanelProps) {
  const tabs = tabsOf(store, reader, onGoToException);
  const [selected, setSelected] = useState(tabs[0]?.id ?? "");
  return (
    <TabbedPanel
      label="More about the store"
      tabs={tabs}
      selected={selected}
      onSelect={setSelected}
    />
  );
}

/** The first one is open at the start: the chunk size where the header gives none. */
function tabsOf(store: OpenedStore, reader: StoreReader, onGoTo: (row: number) => void): Tab[] {
  const { report } = store;
  const exceptions: Tab = {
    id: "exceptions",
    title: "Exceptions",
    content:
      store.rowCount === 0 ? (
        <NoExceptions />
      ) : (
        <ExceptionsPanel store={store} reader={reader} onGoTo={onGoTo} />
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
