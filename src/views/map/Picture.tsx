import { type KeyboardEvent, type Ref, useId } from "react";
import styles from "./Picture.module.css";

interface PictureProps {
  label: string;
  /** What the keys do on it. */
  keys: string;
  canvas: Ref<HTMLCanvasElement>;
  /** @returns whether the key is one of the picture's. */
  onKey: (key: string) => boolean;
}

/** As data, for the reason that ScrollBox gives. */
const FOCUSABLE = { tabIndex: 0 } as const;

/** A canvas that the keyboard moves in. What its cursor is on, the line below it says. */
export function Picture({ label, keys, canvas, onKey }: PictureProps) {
  const hint = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (onKey(event.key)) event.preventDefault();
  };
  return (
    <div
      {...FOCUSABLE}
      // Its arrow keys are its own, which ARIA calls an application.
      role="application"
      className={styles.picture}
      aria-label={label}
      aria-describedby={hint}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} className={styles.canvas} />
      <p id={hint} className="sr-only">
        {keys}
      </p>
    </div>
  );
}
