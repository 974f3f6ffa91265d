import { useMemo, useState, useSyncExternalStore } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import { parseChunkRange } from "../../protocol/chunk-range.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { Button } from "../../ui/Button.tsx";
import { counted, grouped } from "../../ui/format.ts";
import { TabBody } from "../../ui/TabbedPanel.tsx";
import { VirtualTable } from "../../ui/VirtualTable.tsx";
import type { ShownException } from "../data/DataDialog.tsx";
import { ChunkFilter } from "./ChunkFilter.tsx";
import styles from "./ExceptionsPanel.module.css";
import type { KeptPlace } from "./kept-place.ts";
import { type ExceptionRow, RowPages } from "./row-pages.ts";
import { useRowFilter } from "./use-row-filter.ts";

interface ExceptionsPanelProps {
  store: OpenedStore;
  reader: StoreReader;
  place: KeptPlace;
  onGoTo: (row: number) => void;
  onShowData: (exception: ShownException) => void;
}

const COLUMNS = [
  { name: "Row", width: "22%" },
  { name: "old_chunk", width: "26%" },
  { name: "new_chunk", width: "26%" },
  { name: "Area, index" },
];

/** Every exception that the reader found, in table order; a click shows it in its area. */
export function ExceptionsPanel(props: ExceptionsPanelProps) {
  const { store, reader, place, onGoTo, onShowData } = props;
  const [typed, setTyped] = useState({ old: place.link.old, new: place.link.new });
  const type = (filter: typeof typed) => {
    setTyped(filter);
    // What is half typed, or cannot be read, is nothing to lead others to.
    const readable = (text: string) => (parseChunkRange(text) === "bad" ? "" : text.trim());
    place.keep({ old: readable(filter.old), new: readable(filter.new) });
  };
  const [current, setCurrent] = useState<number | null>(null);
  const { matches, bad } = useRowFilter(reader, typed);
  const pages = useMemo(() => new RowPages(reader), [reader]);
  useSyncExternalStore(pages.subscribe, pages.arrivals);

  const rowAt = (at: number): number => (matches === null ? at : (matches.rows[at] ?? 0));
  const perArea = store.layout.exceptionsPerArea;
  const about =
    bad.length > 0
      ? "nothing is searched for"
      : matches === null
        ? counted(store.rowCount, "exception")
        : `${grouped(matches.total)} of ${grouped(store.rowCount)}${
            matches.total > matches.rows.length ? `, the first ${grouped(matches.rows.length)}` : ""
          }`;
  return (
    <TabBody
      about={<span role="status">{about}</span>}
      aside={
        <>
          <ChunkFilter
            name="old_chunk"
            value={typed.old}
            onChange={(old) => type({ ...typed, old })}
          />
          <ChunkFilter
            name="new_chunk"
            value={typed.new}
            onChange={(value) => type({ ...typed, new: value })}
          />
        </>
      }
    >
      {bad.length > 0 && <BadFilter typed={bad} />}
      <VirtualTable
        label="Exceptions"
        columns={COLUMNS}
        rows={bad.length > 0 ? 0 : matches === null ? store.rowCount : matches.rows.length}
        onActivate={(at) => {
          setCurrent(rowAt(at));
          onGoTo(rowAt(at));
        }}
        renderRow={(at, props) => {
          const row = rowAt(at);
          const exception = pages.row(row);
          return (
            <tr key={at} {...props}>
              <td className={styles.quiet}>{grouped(row)}</td>
              <td className={styles.number}>{exception === null ? "…" : String(exception.old)}</td>
              <td className={styles.number}>{exception === null ? "…" : String(exception.new)}</td>
              <td className={styles.quiet}>
                {grouped(Math.floor(row / perArea))}, {row % perArea}
              </td>
            </tr>
          );
        }}
      />
      {current !== null && (
        <CurrentRow row={current} exception={pages.row(current)} onShowData={onShowData} />
      )}
    </TabBody>
  );
}

interface CurrentRowProps {
  row: number;
  /** null: it is on its way. */
  exception: ExceptionRow | null;
  onShowData: (exception: ShownException) => void;
}

/** The exception that was gone to last, and its data. */
function CurrentRow({ row, exception, onShowData }: CurrentRowProps) {
  if (exception === null) return null;
  return (
    <div className={styles.current}>
      <p>
        Row {grouped(row)}: chunk {String(exception.old)} of the origin
      </p>
      <Button onClick={() => onShowData(exception)}>Show the data</Button>
    </div>
  );
}

/** No rows are shown for what cannot be read: those of the filter before would look like its own. */
function BadFilter({ typed }: { typed: readonly string[] }) {
  return (
    <p className={styles.bad} role="alert">
      {typed.map((text) => `“${text}”`).join(" and ")} {typed.length === 1 ? "is" : "are"} no chunk
      and no range: type one number, or two with a hyphen such as 10-20 or 0x10-0x20.
    </p>
  );
}
