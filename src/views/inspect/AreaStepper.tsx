import { type FormEvent, useState } from "react";
import { grouped } from "../../ui/format.ts";
import { Stepper } from "../../ui/Stepper.tsx";
import styles from "./AreaStepper.module.css";

interface AreaStepperProps {
  area: number;
  areas: number;
  onGoTo: (area: number) => void;
}

/** Area k of n, counted from 0 as the kernel does; k can be typed. */
export function AreaStepper({ area, areas, onGoTo }: AreaStepperProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const goTo = (event: FormEvent) => {
    event.preventDefault();
    const found = typed?.trim() ?? "";
    setTyped(null);
    if (found === "") return;
    const wanted = /^\d+$/.test(found) ? Number(found) : null;
    if (wanted !== null && wanted < areas) {
      setSaid(null);
      onGoTo(wanted);
      return;
    }
    const last = grouped(areas - 1);
    setSaid(
      `There is no area ${found}: ${areas === 1 ? "the only one is 0" : `they are 0 to ${last}`}`,
    );
  };
  return (
    <form className={styles.form} onSubmit={goTo}>
      <span className={styles.said} role="status">
        {said}
      </span>
      <Stepper
        what="area"
        onPrevious={area === 0 ? null : () => onGoTo(area - 1)}
        onNext={area >= areas - 1 ? null : () => onGoTo(area + 1)}
      >
        <label className={styles.label}>
          area
          <input
            className={styles.input}
            inputMode="numeric"
            aria-label={`Go to area, 0 to ${areas - 1}`}
            value={typed ?? String(area)}
            onChange={(event) => {
              setSaid(null);
              setTyped(event.target.value);
            }}
            onFocus={(event) => event.target.select()}
            onBlur={() => {
              setSaid(null);
              setTyped(null);
            }}
          />
        </label>
        of {grouped(areas)}
      </Stepper>
    </form>
  );
}
