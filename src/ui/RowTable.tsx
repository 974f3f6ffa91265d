import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { moveCursor } from "./cursor.ts";
import { GridTable } from "./GridTable.tsx";
import type { RowWindow } from "./use-rows.ts";
import styles from "./VirtualTable.module.css";

export interface Column {
  name: string;
  /** CSS width; the columns without one share what is left. */
  width?: string;
  /** Makes the name a button, for a table that can be sorted by it. */
  onSort?: () => void;
  sorted?: "ascending" | "descending" | undefined;
}

/** What every row's `<tr>` takes from the table. */
export interface RowProps {
  id: string;
  className: string | undefined;
  "aria-rowindex": number;
  "aria-selected": boolean;
  onClick: () => void;
}

export interface TableHandle {
  /** Scrolls a row into sight and puts the cursor on it. */
  show(row: number): void;
  /** Puts the keyboard's focus on the table, without scrolling the page. */
  focus(): void;
}

export interface RowTableProps {
  label: string;
  /** Whether its rows lie in each other: each then says how deep, with `aria-level`. */
  isTree?: boolean;
  columns: Column[];
  rows: number;
  /** Called for a click, Enter or Space on a row. */
  onActivate: (row: number) => void;
  /** Draws `<tr {...props}>` with one cell a column. */
  renderRow: (row: number, props: RowProps) => ReactNode;
  handle?: Ref<TableHandle> | undefined;
  className?: string | undefined;
}

/** As data, for the reason that GridTable gives. */
const TREE = { role: "treegrid" } as const;

const ARROWS = { ascending: " ↑", descending: " ↓" } as const;

interface Drawing {
  scroller: RefObject<HTMLDivElement | null>;
  /** Which of the rows are drawn. */
  list: RowWindow;
}

/**
 * A table as one tab stop: the arrow keys move a cursor through the rows. The focus stays on the
 * table itself, since the row under the cursor may scroll out of the document.
 */
export function RowTable(props: RowTableProps & Drawing) {
  const {
    label,
    isTree = false,
    columns,
    rows,
    onActivate,
    renderRow,
    handle,
    className = "",
  } = props;
  const { scroller, list } = props;
  const id = useId();
  const [cursor, setCursor] = useState<number | null>(null);
  const table = useRef<HTMLTableElement>(null);

  const show = (row: number) => {
    setCursor(row);
    list.show(row);
  };
  useImperativeHandle(handle, () => ({
    show,
    focus: () => table.current?.focus({ preventScroll: true }),
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    // A button of the head has keys of its own.
    if (event.target !== event.currentTarget) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "Enter" || event.key === " ") && cursor !== null) {
      event.preventDefault();
      onActivate(cursor);
      return;
    }
    const target = moveCursor(event.key, cursor, rows, list.rowsInView());
    if (target === null) return;
    event.preventDefault();
    show(target);
  };

  const drawn = Array.from({ length: list.count }, (_, at) => list.first + at);
  const inDocument = cursor !== null && drawn.includes(cursor);
  return (
    <div ref={scroller} onScroll={list.onScroll} className={`${styles.scroller} ${className}`}>
      <div style={{ paddingTop: list.spaceBefore, paddingBottom: list.spaceAfter }}>
        <GridTable
          ref={table}
          className={styles.table}
          aria-label={label}
          {...(isTree ? TREE : {})}
          aria-rowcount={rows + 1}
          aria-activedescendant={inDocument ? `${id}${cursor}` : undefined}
          onKeyDown={onKeyDown}
          onFocus={() => setCursor((now) => now ?? (rows > 0 ? 0 : null))}
        >
          <thead>
            <tr aria-rowindex={1}>
              {columns.map(({ name, width, sorted, onSort }) => (
                <th key={name} scope="col" style={{ width }} aria-sort={sorted}>
                  {onSort ? (
                    <button type="button" className={styles.sort} onClick={onSort}>
                      {name}
                      <span aria-hidden="true">{sorted && ARROWS[sorted]}</span>
                    </button>
                  ) : (
                    name
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {drawn.map((row) =>
              renderRow(row, {
                id: `${id}${row}`,
                className: row === cursor ? styles.cursor : undefined,
                "aria-rowindex": row + 2,
                "aria-selected": row === cursor,
                onClick: () => {
                  setCursor(row);
                  onActivate(row);
                },
              }),
            )}
          </tbody>
        </GridTable>
      </div>
    </div>
  );
}
