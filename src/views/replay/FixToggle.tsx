import type { RaceParams } from "../../protocol/race.ts";
import styles from "./FixToggle.module.css";

interface FixToggleProps {
  fix: RaceParams["fix"];
  onChange: (fix: RaceParams["fix"]) => void;
}

const CHOICES = [
  { fix: "before", name: "Before the fix: one buffer" },
  { fix: "after", name: "After: two buffers" },
] as const;

/** Splits the buffer and joins it again. */
export function FixToggle({ fix, onChange }: FixToggleProps) {
  return (
    <fieldset className={styles.toggle}>
      <legend className="sr-only">Kernel commit 61578dcd</legend>
      {CHOICES.map((choice) => (
        <button
          key={choice.fix}
          type="button"
          className={styles.choice}
          aria-pressed={choice.fix === fix}
          onClick={() => onChange(choice.fix)}
        >
          {choice.name}
        </button>
      ))}
    </fieldset>
  );
}
