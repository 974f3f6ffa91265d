import { useId } from "react";
import styles from "./OptionsPopover.module.css";

interface OptionFieldProps {
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
}

/** A whole number that may be left out. */
export function OptionField({ label, hint, value, onChange }: OptionFieldProps) {
  const hintId = useId();
  return (
    <label className={styles.field}>
      {label}
      <input
        inputMode="numeric"
        pattern="[0-9]*"
        title="A whole number, in decimal"
        aria-describedby={hintId}
        value={value}
        onChange={(event) => onChange(event.target.value.trim())}
      />
      <span id={hintId} className={styles.hint}>
        {hint}
      </span>
    </label>
  );
}
