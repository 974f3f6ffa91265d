import type { KernelLines } from "../../explain/kernel/kernel-lines.ts";
import styles from "./KernelLines.module.css";

/** All that is printed, each line under the name of whoever prints it. */
export function Lines({ lines }: { lines: readonly KernelLines[] }) {
  return (
    <dl className={styles.lines}>
      {lines.map(({ from, texts }) => (
        <div key={from} className={styles.line}>
          <dt>{from}</dt>
          {texts.map((text) => (
            <dd key={text}>{text}</dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

/** The same in short. */
export function Gist({ texts }: { texts: readonly string[] }) {
  return (
    <div className={styles.gist}>
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}
