import { byteSize } from "../../ui/format.ts";
import styles from "./SampleList.module.css";
import { SAMPLES, type Sample } from "./samples.ts";

export function SampleList({ onOpen }: { onOpen: (sample: Sample) => void }) {
  return (
    <ul className={styles.list}>
      {SAMPLES.map((sample) => (
        <li key={sample.id}>
          <button type="button" className={styles.sample} onClick={() => onOpen(sample)}>
            <span className={styles.title}>{sample.title}</span>
            <span className={styles.size}>{byteSize(sample.bytes)}</span>
            <span className={styles.note}>{sample.note}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
