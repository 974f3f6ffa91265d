import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import { Chevron } from "./icons.tsx";
import styles from "./Stepper.module.css";

interface StepperProps {
  /** What it steps through, for the buttons' names. */
  what: string;
  /** null at the beginning. */
  onPrevious: (() => void) | null;
  /** null at the end. */
  onNext: (() => void) | null;
  /** Where it is. */
  children: ReactNode;
}

export function Stepper({ what, onPrevious, onNext, children }: StepperProps) {
  return (
    <div className={styles.stepper}>
      <Button
        kind="icon"
        aria-label={`Previous: ${what}`}
        disabled={onPrevious === null}
        onClick={onPrevious ?? undefined}
      >
        <Chevron towards="previous" />
      </Button>
      <span className={styles.place}>{children}</span>
      <Button
        kind="icon"
        aria-label={`Next: ${what}`}
        disabled={onNext === null}
        onClick={onNext ?? undefined}
      >
        <Chevron towards="next" />
      </Button>
    </div>
  );
}
