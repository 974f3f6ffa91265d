import { useEffect, useRef } from "react";
import type { Finding } from "../../protocol/finding.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { Panel } from "../../ui/Panel.tsx";
import { type TableHandle, VirtualTable } from "../../ui/VirtualTable.tsx";
import { FindingDetail, FindingRow } from "./FindingRow.tsx";
import styles from "./FindingsPanel.module.css";
import { FindingTotals } from "./FindingTotals.tsx";

interface FindingsPanelProps {
  store: OpenedStore;
  /** Its findings, in the order to show them. */
  findings: readonly Finding[];
  /** The finding that was gone to last. */
  current: number | null;
  onGoTo: (finding: number) => void;
}

const COLUMNS = [
  { name: "Severity", width: "108px" },
  { name: "Code", width: "232px" },
  { name: "What and where" },
];

/** All that is wrong or odd, and what tells why; a click goes to the bytes. */
export function FindingsPanel({ store, findings, current, onGoTo }: FindingsPanelProps) {
  const table = useRef<TableHandle>(null);
  useEffect(() => {
    if (current !== null) table.current?.show(current);
  }, [current]);

  if (findings.length === 0) {
    return (
      <Panel title="Findings" about="none">
        <p className={styles.none}>
          Nothing is wrong or odd in the header, the areas and the exceptions.
        </p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Findings"
      className={styles.panel}
      about={<FindingTotals report={store.report} />}
      aside={
        <span className={styles.keys}>
          next <kbd>n</kbd>
        </span>
      }
    >
      <VirtualTable
        handle={table}
        label="Findings"
        columns={COLUMNS}
        rows={findings.length}
        onActivate={onGoTo}
        renderRow={(row, props) => {
          const finding = findings[row];
          if (finding === undefined) return null;
          return (
            <FindingRow
              key={row}
              finding={finding}
              store={store}
              rowProps={props}
              isCurrent={row === current}
            />
          );
        }}
      />
      {current !== null && <FindingDetail finding={findings[current]} />}
    </Panel>
  );
}
