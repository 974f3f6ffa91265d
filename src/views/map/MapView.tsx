import { useEffect, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { StoreMap } from "../../protocol/map.ts";
import type { Problem } from "../../protocol/problem.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { Panel } from "../../ui/Panel.tsx";
import { type Tab, TabBody, TabbedPanel } from "../../ui/TabbedPanel.tsx";
import type { InspectTarget } from "../inspect/inspect-target.ts";
import { FillGauge } from "./FillGauge.tsx";
import { HistoryPicture } from "./HistoryPicture.tsx";
import { HistoryTable } from "./HistoryTable.tsx";
import { MapPicture } from "./MapPicture.tsx";
import styles from "./MapView.module.css";
import { RunsTable } from "./RunsTable.tsx";
import { targetOf } from "./target-of.ts";

interface MapViewProps {
  store: OpenedStore;
  reader: StoreReader;
  onInspect: (target: InspectTarget) => void;
}

/** Every chunk of the COW device, the order in which it was filled, and how full it is. */
export function MapView({ store, reader, onInspect }: MapViewProps) {
  const [map, setMap] = useState<StoreMap | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [nowhere, setNowhere] = useState<number | null>(null);
  useEffect(() => {
    let wanted = true;
    void reader.map("map", null).then((result) => {
      if (!wanted) return;
      if (result.ok) setMap(result.value);
      else setProblem(result.problem);
    });
    return () => {
      wanted = false;
    };
  }, [reader]);

  if (map === null) {
    return (
      <main className={styles.view} aria-busy={problem === null}>
        <Panel title="Map" about={problem === null ? "being drawn …" : ""}>
          {problem !== null && (
            <p className={styles.empty} role="alert">
              {problem.message}. {problem.todo}.
            </p>
          )}
        </Panel>
      </main>
    );
  }
  const goToChunk = async (chunk: number) => {
    const facts = await reader.map("chunk", chunk);
    if (!facts.ok) return;
    const target = targetOf(chunk, facts.value);
    setNowhere(target === null ? chunk : null);
    if (target !== null) onInspect(target);
  };
  const goToRow = (row: number) => onInspect({ to: "exception", row });
  const picture = (
    <MapPicture
      map={map}
      reader={reader}
      perArea={store.layout.exceptionsPerArea}
      onChunk={goToChunk}
    />
  );
  return (
    <main className={styles.view}>
      <h1 className="sr-only">Map of {store.report.image.name}</h1>
      <FillGauge map={map} status={store.report.kernel.status} />
      <div className={styles.panels}>
        <Tabs
          label="The map"
          tabs={[
            { id: "map", title: "Map", content: picture },
            {
              id: "runs",
              title: "Map as a table",
              content: <RunsTable map={map} reader={reader} onChunk={goToChunk} />,
            },
          ]}
        />
        <Tabs
          label="The history"
          tabs={[
            {
              id: "history",
              title: "History",
              content:
                store.rowCount === 0 ? (
                  <TabBody>
                    <p className={styles.empty}>No exception was committed: there is no history.</p>
                  </TabBody>
                ) : (
                  <HistoryPicture map={map} rows={store.rowCount} reader={reader} onRow={goToRow} />
                ),
            },
            {
              id: "log",
              title: "History as a table",
              content: <HistoryTable rows={store.rowCount} reader={reader} onRow={goToRow} />,
            },
          ]}
        />
      </div>
      <p className="sr-only" role="status">
        {nowhere !== null &&
          `Nothing points at chunk ${nowhere}: Inspect has nothing to show of it.`}
      </p>
    </main>
  );
}

/** A panel that begins with its first tab; the table of the other is made when it is opened. */
function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const [selected, setSelected] = useState(tabs[0]?.id ?? "");
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set([selected]));
  const select = (id: string) => {
    setSelected(id);
    setOpened(new Set([...opened, id]));
  };
  const made = tabs.map((tab) => (opened.has(tab.id) ? tab : { ...tab, content: null }));
  return <TabbedPanel label={label} tabs={made} selected={selected} onSelect={select} />;
}
