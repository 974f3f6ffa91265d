import { grouped } from "../../ui/format.ts";
import styles from "./EndingTable.module.css";
import type { EndingGroup, EndingRow } from "./ending-rows.ts";
import { percent, share } from "./share.ts";

interface EndingTableProps {
  groups: EndingGroup[];
  schedules: bigint;
  /** The endings of the schedule on the screen. */
  shown: ReadonlySet<string>;
  /** Called with a row that some schedule ends in. */
  onWitness: (row: EndingRow) => void;
}

/** How many schedules end how, before the fix and after it; a row leads to a schedule that does. */
export function EndingTable({ groups, schedules, shown, onWitness }: EndingTableProps) {
  return (
    <table className={styles.table}>
      <caption className="sr-only">Schedules by what they leave behind</caption>
      <colgroup>
        <col className={styles.title} />
        <col />
        <col className={styles.after} />
      </colgroup>
      {groups.map((group, at) => (
        <tbody key={group.title}>
          <tr className={styles.head}>
            <th scope="colgroup">{group.title}</th>
            {at === 0 ? <th scope="col">Before the fix</th> : <td />}
            {at === 0 ? <th scope="col">After</th> : <td />}
          </tr>
          {group.rows.map((row) => (
            <tr
              key={row.ending}
              className={`${styles.row} ${styles[row.severity]} ${shown.has(row.ending) ? styles.shown : ""}`}
            >
              <th scope="row">
                <button
                  type="button"
                  title="Replay the schedule with the fewest switches that ends so"
                  aria-current={shown.has(row.ending) ? "true" : undefined}
                  onClick={() => onWitness(row)}
                >
                  {row.title}
                </button>
              </th>
              <td>
                <div className={styles.numbers}>
                  <span className={styles.bar} aria-hidden="true">
                    <span style={{ width: `${share(row.before, schedules) * 100}%` }} />
                  </span>
                  <span className={styles.count}>{grouped(row.before)}</span>
                  <span className={styles.share}>{percent(row.before, schedules)}</span>
                </div>
              </td>
              <td className={styles.count}>
                {grouped(row.after)}
                {row.after === schedules && " · all"}
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
