import { useState } from "react";
import { grouped } from "../../ui/format.ts";
import styles from "./GraphPanel.module.css";
import type { GraphNode } from "./progress-graph.ts";

interface GraphTableProps {
  nodes: GraphNode[];
  steps: { i: number; c: number };
}

/** The graph's numbers, for ears and for those who want them exactly. */
export function GraphTable({ nodes, steps }: GraphTableProps) {
  const [open, setOpen] = useState(false);
  const columns = Array.from({ length: steps.i + 1 }, (_, i) => i);
  const rows = Array.from({ length: steps.c + 1 }, (_, c) => c);
  return (
    <details className={styles.legend} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Red edge: from here the end is certain. Show numbers</summary>
      {open && (
        <section className={styles.scroller} aria-label="Progress graph as a table" {...SCROLLS}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col" className={styles.corner}>
                  C \ I
                </th>
                {columns.map((i) => (
                  <th key={i} scope="col">
                    {i}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((c) => (
                <tr key={c}>
                  <th scope="row">{c}</th>
                  {columns.map((i) => (
                    <td key={i}>{grouped(nodes[c * columns.length + i]?.reaching ?? 0n)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}

/** What scrolls can be reached, so that the keyboard scrolls it too. */
const SCROLLS = { tabIndex: 0 } as const;
