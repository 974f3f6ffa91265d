import { parseChunkRange } from "../../protocol/chunk-range.ts";
import styles from "./ChunkFilter.module.css";

interface ChunkFilterProps {
  name: string;
  value: string;
  onChange: (value: string) => void;
}

export function ChunkFilter({ name, value, onChange }: ChunkFilterProps) {
  return (
    <input
      type="search"
      className={styles.filter}
      placeholder={name}
      aria-label={`Filter by ${name}: a chunk, or a range such as 10-20`}
      aria-invalid={parseChunkRange(value) === "bad"}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
