import { useMemo, useSyncExternalStore } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import { counted, grouped } from "../../ui/format.ts";
import { TabBody } from "../../ui/TabbedPanel.tsx";
import { VirtualTable } from "../../ui/VirtualTable.tsx";
import { RowPages } from "../inspect/row-pages.ts";
import styles from "./MapView.module.css";

interface HistoryTableProps {
  rows: number;
  reader: StoreReader;
  onRow: (row: number) => void;
}

const COLUMNS = [
  { name: "Exception", width: "24%" },
  { name: "old_chunk", width: "26%" },
  { name: "new_chunk", width: "26%" },
  { name: "From the one before" },
];

/** The history as a table: exceptions in the order in which they were committed. */
export function HistoryTable({ rows, reader, onRow }: HistoryTableProps) {
  const pages = useMemo(() => new RowPages(reader), [reader]);
  useSyncExternalStore(pages.subscribe, pages.arrivals);
  return (
    <TabBody about={`${counted(rows, "exception")}, the oldest first`}>
      <VirtualTable
        label="Exceptions in the order of their commits"
        columns={COLUMNS}
        rows={rows}
        onActivate={onRow}
        renderRow={(row, props) => {
          const now = pages.row(row);
          const before = row === 0 ? null : pages.row(row - 1);
          const step = now !== null && before !== null ? now.old - before.old : null;
          return (
            <tr key={row} {...props}>
              <td className={styles.number}>{grouped(row)}</td>
              <td className={styles.number}>{now === null ? "…" : String(now.old)}</td>
              <td className={styles.number}>{now === null ? "…" : String(now.new)}</td>
              <td className={styles.number}>
                {step === null ? "" : `${step < 0n ? "−" : "+"}${step < 0n ? -step : step}`}
              </td>
            </tr>
          );
        }}
      />
    </TabBody>
  );
}
