import type { RaceFate } from "../../protocol/race.ts";
import { grouped } from "../../ui/format.ts";
import styles from "./ExplorationPanel.module.css";

/** How open the future still is at this step, and which step closes it. */
export function FateLine({ fate, step }: { fate: RaceFate | null; step: number }) {
  const point = fate?.points[step];
  if (!fate || !point) return null;
  const { ways, ending } = point;
  const sealed = fate.decidedBy !== null && step >= fate.decidedBy;
  if (fate.decidedBy === 0) {
    return (
      <p className={styles.fate}>Whatever the order, every schedule of these steps ends so.</p>
    );
  }
  return (
    <p className={styles.fate}>
      {sealed ? (
        <>
          The end has been certain since step <b>{fate.decidedBy}</b>.
        </>
      ) : (
        <>
          From here {grouped(ways)} ways go on, and <b>{grouped(ending)}</b> of them end like this
          one; step <b>{fate.decidedBy ?? fate.points.length - 1}</b> seals it.
        </>
      )}
    </p>
  );
}
