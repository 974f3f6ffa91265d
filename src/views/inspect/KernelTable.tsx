import type { Report } from "../../protocol/report.ts";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import styles from "./KernelTable.module.css";
import { kernelRows } from "./kernel-outcome.ts";

/** What each kernel does when it activates this store, and what it prints. */
export function KernelTable({ report }: { report: Report }) {
  return (
    <div className={styles.box}>
      <table className={styles.table}>
        <caption className="sr-only">What the kernel does with this store</caption>
        <thead>
          <tr>
            <th scope="col">Kernel</th>
            <th scope="col">On activation</th>
            <th scope="col">What it says and does</th>
          </tr>
        </thead>
        <tbody>
          {kernelRows(report).map((row) => (
            <tr key={row.kernel}>
              <th scope="row">{row.kernel}</th>
              <td>
                <SeverityChip severity={row.severity}>{row.word}</SeverityChip>
              </td>
              <td>
                <dl className={styles.lines}>
                  {row.lines.map(({ from, texts }) => (
                    <div key={from} className={styles.line}>
                      <dt>{from}</dt>
                      {texts.map((text) => (
                        <dd key={text}>{text}</dd>
                      ))}
                    </div>
                  ))}
                </dl>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
