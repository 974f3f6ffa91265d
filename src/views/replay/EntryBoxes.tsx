import styles from "./EntryBoxes.module.css";
import { WordBox } from "./WordBox.tsx";
import type { Word, Writer } from "./words.ts";

export const HEADER_FIELDS = ["magic", "valid", "version", "chunk_size"] as const;
const HALVES = ["old_chunk, low", "old_chunk, high", "new_chunk, low", "new_chunk, high"] as const;

interface EntryBoxesProps {
  words: Word[];
  /** Whether exceptions lie here, and whether a header does: a ruler for each. */
  exceptions: boolean;
  header: boolean;
  /** Wide boxes, where there is one buffer and it deserves the room. */
  big: boolean;
  /** Whose bytes do not belong here. */
  stranger: Writer | null;
  onTell: (history: string | null) => void;
  onGo: (step: number) => void;
}

/** The 16 bytes of one entry, as four words under one or two rulers. */
export function EntryBoxes(props: EntryBoxesProps) {
  const { words, exceptions, header, big, stranger, onTell, onGo } = props;
  const names = header ? HEADER_FIELDS : HALVES;
  return (
    <div className={`${styles.entry} ${big ? styles.big : ""}`}>
      {exceptions && (
        <div className={`${styles.ruler} ${styles.C}`} aria-hidden="true">
          <span>old_chunk</span>
          <span>new_chunk</span>
        </div>
      )}
      <div className={styles.words}>
        {words.map((word, at) => (
          <WordBox
            key={names[at]}
            name={names[at] ?? ""}
            word={word}
            foreign={stranger !== null && word.writer === stranger}
            onTell={onTell}
            onGo={onGo}
          />
        ))}
      </div>
      {header && (
        <div className={`${styles.ruler} ${styles.I}`} aria-hidden="true">
          {HEADER_FIELDS.map((field) => (
            <span key={field}>{field}</span>
          ))}
        </div>
      )}
    </div>
  );
}
