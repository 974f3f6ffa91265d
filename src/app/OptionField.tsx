import { useEffect, useId, useRef } from "react";
import styles from "./OptionsPopover.module.css";
import { complaint } from "./options-form.ts";

interface OptionFieldProps {
  label: string;
  hint: string;
  value: string;
  most: bigint;
  onChange: (value: string) => void;
}

/** A whole number that may be left out. */
export function OptionField({ label, hint, value, most, onChange }: OptionFieldProps) {
  const hintId = useId();
  const input = useRef<HTMLInputElement>(null);
  // The browser shows it at the field, and keeps the form from being sent.
  useEffect(() => input.current?.setCustomValidity(complaint(value, most)), [value, most]);
  return (
    <label className={styles.field}>
      {label}
      <input
        ref={input}
        inputMode="numeric"
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
