import type { RebootWords } from "../../explain/race/race-now.ts";
import { SeverityIcon } from "../../ui/icons.tsx";
import styles from "./RebootLine.module.css";

/** What the reader makes of the disk as it is at this step: old kernels and new. */
export function RebootLine({ words }: { words: RebootWords }) {
  const { severity, title, kernels, areas } = words;
  return (
    <section
      className={`${styles.line} ${styles[severity]}`}
      aria-label="If the machine rebooted now"
    >
      <p className={styles.question}>
        <SeverityIcon severity={severity} />
        if it rebooted now
      </p>
      <p className={styles.answer} aria-live="polite">
        <b>{title}.</b> {kernels}
        {areas && ` On disk: ${areas}.`}
      </p>
    </section>
  );
}
