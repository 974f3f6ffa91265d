import { damageWords } from "../../explain/files/file-words.ts";
import type { FileEntry } from "../../protocol/files.ts";
import { printable } from "../../protocol/printable.ts";
import { counted } from "../../ui/format.ts";
import styles from "./FilesPanel.module.css";

/** Damage of one file that is listed. */
const MOST_LINES = 8;

/** The file that was chosen in the table: all of its path, and what damages it. */
export function FileDetails({ file }: { file: FileEntry }) {
  const { path, mode, size, target, damage, moreDamage } = file;
  const facts = [mode, size === null ? null : counted(size, "byte")].filter(
    (fact) => fact !== null,
  );
  return (
    <section className={styles.details} aria-label="Chosen file">
      <p>
        <b>{printable(path)}</b>
        {target !== null && ` → ${printable(target)}`}
        {facts.length > 0 && <span className={styles.quiet}> {facts.join(", ")}</span>}
      </p>
      {damage.slice(0, MOST_LINES).map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two of them can be the same, and none moves
        <p key={at}>{damageWords(one)}</p>
      ))}
      {(moreDamage || damage.length > MOST_LINES) && <p>and more</p>}
    </section>
  );
}
