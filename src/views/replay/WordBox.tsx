import styles from "./WordBox.module.css";
import { historyWords, type Word, writerWords } from "./words.ts";

interface WordBoxProps {
  /** What the word is, for ears. */
  name: string;
  word: Word;
  /** Whether the bytes are another thread's than this place is meant for. */
  foreign: boolean;
  onTell: (history: string | null) => void;
  onGo: (step: number) => void;
}

/** Four bytes, tinted and lettered by who wrote them last, ringed where they replaced another's. */
export function WordBox({ name, word, foreign, onTell, onGo }: WordBoxProps) {
  const history = historyWords(name, word);
  const ringed = word.over !== null || foreign;
  return (
    <button
      type="button"
      className={`${styles.word} ${styles[word.writer]} ${ringed ? styles.ringed : ""}`}
      aria-label={`${history}${ringed ? ". Not what this place is meant for" : ""}`}
      onMouseEnter={() => onTell(history)}
      onMouseLeave={() => onTell(null)}
      onFocus={() => onTell(history)}
      onBlur={() => onTell(null)}
      onClick={() => word.made && onGo(word.made.number)}
    >
      <span className={styles.bytes}>{word.bytes}</span>
      <span className={styles.by}>{writerWords(word)}</span>
    </button>
  );
}
