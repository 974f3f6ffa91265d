import { bytesWords } from "../../explain/words.ts";
import type { RescueReport } from "../../protocol/rescue.ts";
import { counted, grouped } from "../../ui/format.ts";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import styles from "./RescuePanel.module.css";

/** Ranges that are shown; the saved list has all of them. */
const MOST = 200;

const SEVERITIES = { known: "ok", doubtful: "note", lost: "problem" } as const;

/** Byte ranges of the origin, and what became of each. */
export function RescueRanges({ report }: { report: RescueReport }) {
  const { ranges } = report;
  const more = ranges.length - MOST + Number(report.unlisted);
  return (
    <details className={styles.ranges}>
      <summary>{counted(ranges.length, "range")} of the origin</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">From byte</th>
            <th scope="col">Length</th>
            <th scope="col">It is</th>
          </tr>
        </thead>
        <tbody>
          {ranges.slice(0, MOST).map(({ offset, bytes, is }) => (
            <tr key={offset}>
              <td>{grouped(offset)}</td>
              <td>{bytesWords(BigInt(bytes))}</td>
              <td>
                <SeverityChip severity={SEVERITIES[is]}>{is}</SeverityChip>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p>And {counted(more, "range")} more: the saved list has them.</p>}
    </details>
  );
}
