import styles from "./Parameters.module.css";

interface SliderFieldProps {
  name: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

export function SliderField({ name, value, min, max, onChange }: SliderFieldProps) {
  return (
    <label className={styles.field}>
      {name}
      <span className={styles.value} aria-hidden="true">
        {value}
      </span>
      <input
        type="range"
        min={min}
        max={max}
        value={value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </label>
  );
}
