import type { RaceThread } from "../../protocol/race.ts";
import styles from "./Lanes.module.css";
import { ThreadLetter } from "./ThreadLetter.tsx";

interface LaneHeadProps {
  thread: RaceThread;
  name: string;
  fn: string;
}

export function LaneHead({ thread, name, fn }: LaneHeadProps) {
  return (
    <div className={styles.head}>
      <ThreadLetter thread={thread} />
      <div>
        <b>{name}</b>
        <code>{fn}</code>
      </div>
    </div>
  );
}
