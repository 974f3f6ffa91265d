import { mergeWord } from "../../explain/kernel/merge-words.ts";
import type { Report } from "../../protocol/report.ts";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import { Gist } from "./KernelLines.tsx";
import styles from "./KernelTable.module.css";

/** What merging the store into its origin would do, under the kernel that was asked about. */
export function MergeRow({ report }: { report: Report }) {
  const { merge } = report.kernel;
  const { word, severity } = mergeWord(merge);
  // The last line alone is merging's own.
  const said =
    merge.outcome === "fails" || merge.outcome === "invalid" ? merge.dmesg.slice(-1) : [];
  return (
    <tfoot className={styles.merging}>
      <tr>
        <th scope="row">
          <span className={styles.plain}>
            Merging it <span className={styles.aside}>into its origin</span>
          </span>
        </th>
        <td>
          <SeverityChip severity={severity}>{word}</SeverityChip>
        </td>
        <td>
          <p>{merge.message}</p>
          {said.length > 0 && <Gist texts={said} />}
        </td>
      </tr>
    </tfoot>
  );
}
