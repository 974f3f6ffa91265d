import type { TableEnds } from "../../protocol/check.ts";
import { counted } from "../../ui/format.ts";
import styles from "./VerdictCard.module.css";

interface ReadingBarProps {
  /** Read so far. */
  exceptions: number;
  ends: TableEnds;
}

/** How many exceptions there will be, if all between the ends is as it should be. */
export function ReadingBar({ exceptions, ends }: ReadingBarProps) {
  return (
    <div className={styles.reading}>
      <p>{counted(ends.exceptions, "exception")} so far as the ends show; reading all of them …</p>
      <progress
        aria-label="Reading the exceptions"
        max={ends.exceptions}
        value={Math.min(exceptions, ends.exceptions)}
      />
    </div>
  );
}
