import { type ByteFocus, HOVERED, SELECTED } from "../../hex/byte-focus.ts";
import type { Span } from "../../hex/span.ts";
import { useLook } from "../../hex/use-look.ts";
import styles from "./Unexplained.module.css";

interface RunButtonProps {
  run: Span;
  focus: ByteFocus;
  onClick: () => void;
}

/** One run of bytes by its place and length; the stepper beside the list is its way by keyboard. */
export function RunButton({ run, focus, onClick }: RunButtonProps) {
  const look = useLook(focus, run.start, run.end);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${styles.run} ${look & SELECTED ? styles.selected : ""} ${look & HOVERED ? styles.hovered : ""}`}
      aria-pressed={(look & SELECTED) !== 0}
      onPointerEnter={() => focus.hover(run)}
      onPointerLeave={() => focus.hover(null)}
      onClick={onClick}
    >
      0x{run.start.toString(16)}+{run.end - run.start}
    </button>
  );
}
