import { useEffect, useRef } from "react";
import type { Finding, Severity } from "../../protocol/finding.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { counted } from "../../ui/format.ts";
import { Panel } from "../../ui/Panel.tsx";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import { type TableHandle, VirtualTable } from "../../ui/VirtualTable.tsx";
import styles from "./FindingsPanel.module.css";
import { placeInWords, placeOf } from "./finding-place.ts";
import { findingTotals } from "./finding-totals.ts";

interface FindingsPanelProps {
  store: OpenedStore;
  /** The finding that was gone to last. */
  current: number | null;
  onGoTo: (finding: number) => void;
}

const COLUMNS = [
  { name: "Severity", width: "88px" },
  { name: "Code", width: "232px" },
  { name: "What and where" },
];

/** All that is wrong or odd; a click goes to the bytes. */
export function FindingsPanel({ store, current, onGoTo }: FindingsPanelProps) {
  const { findings } = store.report;
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
      about={<Totals store={store} />}
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
          const place = placeInWords(finding, store.layout.chunkBytes);
          const hidden = finding.where.chunk !== null && placeOf(finding, store) === null;
          return (
            <tr
              key={row}
              {...props}
              className={`${props.className ?? ""} ${row === current ? styles.current : ""}`}
            >
              <td>
                <SeverityChip severity={finding.severity}>{finding.severity}</SeverityChip>
              </td>
              <td className={styles.code}>{finding.code}</td>
              <td className={styles.message} title={finding.message}>
                <span className={styles.place}>{hidden ? `${place} (not shown)` : place}</span>{" "}
                {finding.message}
              </td>
            </tr>
          );
        }}
      />
      {current !== null && <FindingDetail finding={findings[current]} />}
    </Panel>
  );
}

/** All of the finding that was gone to last; its row may have had to cut it short. */
function FindingDetail({ finding }: { finding: Finding | undefined }) {
  if (finding === undefined) return null;
  return (
    <p className={styles.detail}>
      <span className={styles.detailCode}>{finding.code} </span>
      {finding.message}. Expected <b>{finding.expected}</b>, found <b>{finding.found}</b>.
    </p>
  );
}

const PLURALS: Record<Severity, string> = {
  fatal: "fatal",
  problem: "problems",
  note: "notes",
  ok: "fine",
};

/** "4 · 2 fatal · 1 problem": all there are, also those that are counted and not listed. */
function Totals({ store }: { store: OpenedStore }) {
  const { all, listed, bySeverity } = findingTotals(store.report);
  return (
    <>
      {counted(all, "finding")}
      {bySeverity.map(({ severity, count }) => (
        <span key={severity}>
          {" · "}
          <span className={styles[severity]}>{counted(count, severity, PLURALS[severity])}</span>
        </span>
      ))}
      {all > BigInt(listed) && ` · the first ${listed} are listed`}
    </>
  );
}
