import { useEffect, useId, useRef } from "react";
import type { OptionName } from "../protocol/options.ts";
import { RichText } from "../ui/RichText.tsx";
import styles from "./OptionsPopover.module.css";
import { complaint } from "./options-form.ts";

interface OptionFieldProps {
  name: OptionName;
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
}

/** A whole number that may be left out. */
export function OptionField({ name, label, hint, value, onChange }: OptionFieldProps) {
  const hintId = useId();
  const input = useRef<HTMLInputElement>(null);
  // The browser shows it at the field, and keeps the form from being sent.
  useEffect(() => input.current?.setCustomValidity(complaint(name, value)), [name, value]);
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
        <RichText text={hint} />
      </span>
    </label>
  );
}
