import { useState } from "react";
import type { Report } from "../../protocol/report.ts";
import { KernelRow } from "./KernelRow.tsx";
import styles from "./KernelTable.module.css";
import { kernelRows } from "./kernel-outcome.ts";

/** What each age of kernels does when it activates this store, and what it prints. */
export function KernelTable({ report }: { report: Report }) {
  const rows = kernelRows(report);
  // One at a time tells everything: so the table stays as short as the words beside it.
  const [opened, setOpened] = useState<string | null>(
    () => rows.find(({ asked }) => asked)?.kernels ?? null,
  );
  return (
    <div className={styles.box}>
      <table className={styles.table}>
        <caption className="sr-only">What the kernel does with this store</caption>
        <thead>
          <tr>
            <th scope="col">Kernel</th>
            <th scope="col">On activation</th>
            <th scope="col">It prints</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <KernelRow
              key={row.kernels}
              row={row}
              isOpen={row.kernels === opened}
              onToggle={() => setOpened(row.kernels === opened ? null : row.kernels)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
