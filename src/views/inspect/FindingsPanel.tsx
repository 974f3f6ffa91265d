import { useEffect, useRef } from "react";
import type { Finding } from "../../protocol/finding.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { Panel } from "../../ui/Panel.tsx";
import { Stepper } from "../../ui/Stepper.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { type TableHandle, WrappingTable } from "../../ui/VirtualTable.tsx";
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

  const step = (by: 1 | -1) => {
    const count = findings.length;
    if (count === 0) return;
    onGoTo(((current ?? (by === 1 ? -1 : count)) + by + count) % count);
  };
  const stepByKey = (by: 1 | -1) => {
    step(by);
    // What was gone to is where the keyboard goes on from.
    table.current?.focus();
  };
  useKeys([
    ["n", () => stepByKey(1)],
    ["N", () => stepByKey(-1)],
  ]);

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
        <Stepper what="finding" onPrevious={() => step(-1)} onNext={() => step(1)}>
          {current === null ? <kbd>n</kbd> : `${current + 1} of ${findings.length}`}
        </Stepper>
      }
    >
      <WrappingTable
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
