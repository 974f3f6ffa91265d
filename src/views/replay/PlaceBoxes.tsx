import type { ReactNode } from "react";
import { EntryBoxes } from "./EntryBoxes.tsx";
import styles from "./PlaceBoxes.module.css";
import type { ShownEntry } from "./places.ts";
import type { Writer } from "./words.ts";

interface PlaceBoxesProps {
  title: ReactNode;
  entries: ShownEntry[];
  exceptions: boolean;
  header: boolean;
  big?: boolean;
  stranger: Writer | null;
  onTell: (history: string | null) => void;
  onGo: (step: number) => void;
}

/** A buffer or a chunk: its first entry, and the others that matter. */
export function PlaceBoxes({ title, entries, header, big = false, ...rest }: PlaceBoxesProps) {
  return (
    <div className={`${styles.place} ${entries.length > 1 ? styles.several : ""}`}>
      <h3 className={styles.title}>{title}</h3>
      {entries.map(({ entry, words }) => (
        <div key={entry} className={styles.entry}>
          {entries.length > 1 && <span className={styles.number}>entry {entry}</span>}
          <EntryBoxes
            words={words}
            header={header && entry === 0}
            big={big && entry === 0}
            {...rest}
            exceptions={rest.exceptions && entry === 0}
          />
        </div>
      ))}
    </div>
  );
}
