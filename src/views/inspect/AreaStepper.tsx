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
  const goTo = (event: FormEvent) => {
    event.preventDefault();
    const wanted = Number(typed ?? area);
    if (typed?.trim() && Number.isInteger(wanted)) onGoTo(Math.min(Math.max(wanted, 0), areas - 1));
    setTyped(null);
  };
  return (
    <form onSubmit={goTo}>
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
            onChange={(event) => setTyped(event.target.value)}
            onFocus={(event) => event.target.select()}
            onBlur={() => setTyped(null)}
          />
        </label>
        of {grouped(areas)}
      </Stepper>
    </form>
  );
}
