import { useRef } from "react";
import { RowTable, type RowTableProps } from "./RowTable.tsx";
import { useAllRows } from "./use-all-rows.ts";
import { useRows } from "./use-rows.ts";
import styles from "./VirtualTable.module.css";

export type { RowProps, TableHandle } from "./RowTable.tsx";

export const ROW_HEIGHT = 28;

/** A table of any length, of which the rows in sight are drawn: each is one line. */
export function VirtualTable(props: RowTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRows(scroller, props.rows, ROW_HEIGHT, ROW_HEIGHT);
  return <RowTable {...props} scroller={scroller} list={list} />;
}

/** A table of some hundred rows, each as high as its words need. */
export function WrappingTable(props: RowTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useAllRows(scroller, props.rows, ROW_HEIGHT);
  const className = `${styles.wraps} ${props.className ?? ""}`;
  return <RowTable {...props} className={className} scroller={scroller} list={list} />;
}
