import type { RaceThread } from "../../protocol/race.ts";
import styles from "./ThreadLetter.module.css";

/** I is blue, C is orange, and both are letters. */
export function ThreadLetter({ thread }: { thread: RaceThread }) {
  return <span className={`${styles.letter} ${styles[thread]}`}>{thread}</span>;
}
