import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { StoreMap } from "../../protocol/map.ts";
import { counted, grouped } from "../../ui/format.ts";
import { TabBody } from "../../ui/TabbedPanel.tsx";
import { VirtualTable } from "../../ui/VirtualTable.tsx";
import { KIND_WORDS } from "./kind-words.ts";
import styles from "./MapView.module.css";
import { RunPages } from "./run-pages.ts";

interface RunsTableProps {
  map: StoreMap;
  reader: StoreReader;
  onChunk: (chunk: number) => void;
}

const COLUMNS = [
  { name: "From chunk", width: "22%" },
  { name: "To chunk", width: "22%" },
  { name: "Kind", width: "24%" },
  { name: "Chunks", width: "18%" },
  { name: "Findings" },
];

/** The map as a table: neighbouring chunks of one kind are a row. */
export function RunsTable({ map, reader, onChunk }: RunsTableProps) {
  const [runs, setRuns] = useState<number | null>(null);
  const pages = useMemo(() => new RunPages(reader), [reader]);
  useSyncExternalStore(pages.subscribe, pages.arrivals);
  useEffect(() => {
    let wanted = true;
    void reader.map("runCount", null).then((result) => {
      if (wanted && result.ok) setRuns(result.value);
    });
    return () => {
      wanted = false;
    };
  }, [reader]);
  return (
    <TabBody
      about={runs === null ? "counting …" : counted(runs, "run of one kind", "runs of one kind")}
    >
      <VirtualTable
        label="Chunks by kind"
        columns={COLUMNS}
        rows={runs ?? 0}
        onActivate={(at) => {
          const run = pages.run(at);
          if (run !== null) onChunk(run.first);
        }}
        renderRow={(at, props) => {
          const run = pages.run(at);
          const end = run === null ? 0 : run.first + run.chunks;
          const found = map.found.filter((chunk) => run && chunk >= run.first && chunk < end);
          return (
            <tr key={at} {...props}>
              <td className={styles.number}>{run === null ? "…" : String(run.first)}</td>
              <td className={styles.number}>{run === null ? "…" : String(end - 1)}</td>
              <td>{run === null ? "…" : KIND_WORDS[run.kind].name}</td>
              <td className={styles.number}>{run === null ? "…" : grouped(run.chunks)}</td>
              <td className={styles.number}>{found.length === 0 ? "" : `! ${found.length}`}</td>
            </tr>
          );
        }}
      />
    </TabBody>
  );
}
