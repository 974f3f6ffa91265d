import type { ComponentProps } from "react";
import { stepLabel } from "../../explain/race/race-steps.ts";
import type { RaceStep } from "../../protocol/race.ts";
import styles from "./StepChip.module.css";

interface StepChipProps {
  step: RaceStep;
  /** Steps taken so far. */
  taken: number;
  /** Whether this step made the schedule's end certain. */
  seals: boolean;
  /** How far it is being dragged, in px; null: it is not. */
  dragged: { x: number; y: number } | null;
  button: ComponentProps<"button">;
}

/** One step on the time axis: filled when taken, framed when it is the last one taken. */
export function StepChip({ step, taken, seals, dragged, button }: StepChipProps) {
  const state =
    step.number === taken ? "current" : step.number < taken ? "done" : ("planned" as const);
  const label = stepLabel(step);
  return (
    <li className={`${styles.step} ${styles[step.thread]}`}>
      <button
        type="button"
        {...button}
        className={`${styles.chip} ${styles[state]} ${dragged ? styles.dragged : ""}`}
        style={dragged ? { transform: `translate(${dragged.x}px, ${dragged.y}px)` } : undefined}
        aria-current={state === "current" ? "step" : undefined}
        aria-label={`Step ${step.number}, ${step.thread}: ${label}${seals ? ", seals the end" : ""}`}
        title={`${step.fn}${seals ? " · from here on the end is certain" : ""}`}
        tabIndex={step.number === Math.max(taken, 1) ? 0 : -1}
      >
        <span className={styles.gutter} aria-hidden="true">
          {step.thread}
        </span>
        <span>{breakable(label)}</span>
        {seals && <span className={styles.seal} aria-hidden="true" />}
      </button>
    </li>
  );
}

/** Lets a kernel name break behind its underscore. */
const breakable = (label: string): string => label.replaceAll("_", "_\u200b");
