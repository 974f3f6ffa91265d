import { useEffect, useRef } from "react";
import type { RaceReplay } from "../../protocol/race.ts";
import { LaneHead } from "./LaneHead.tsx";
import styles from "./Lanes.module.css";
import { StepChip } from "./StepChip.tsx";
import { inRoom } from "./schedule.ts";
import { useDrag } from "./use-drag.ts";

interface LanesProps {
  replay: RaceReplay;
  step: number;
  /** Steps taken when the end was certain. */
  sealedBy: number | null;
  onGo: (step: number) => void;
  onMove: (from: number, to: number) => void;
}

/** Both threads on one time axis: a column a step, in the lane of the thread that takes it. */
export function Lanes({ replay, step, sealedBy, onGo, onMove }: LanesProps) {
  const { steps } = replay;
  const list = useRef<HTMLOListElement>(null);
  const { drag, handlers } = useDrag(
    list,
    steps.length,
    replay.schedule,
    (from, to) => inRoom(replay.schedule, from, to),
    onMove,
  );

  useEffect(() => {
    const chip = list.current?.children[Math.max(step, 1) - 1]?.querySelector("button");
    if (chip === null || chip === undefined) return;
    // The one tab stop moves with the step; whoever is on it moves along.
    if (list.current?.contains(document.activeElement)) chip.focus({ preventScroll: true });
    revealIn(list.current?.parentElement ?? null, chip);
  }, [step]);

  return (
    <div className={styles.lanes}>
      <div className={styles.heads}>
        <LaneHead thread="I" name="invalidating thread" fn="persistent_drop_snapshot" />
        <LaneHead thread="C" name="kcopyd callback" fn="persistent_commit_exception" />
      </div>
      <div className={styles.scroller}>
        <ol
          ref={list}
          className={styles.steps}
          style={{ gridTemplateColumns: `repeat(${steps.length}, minmax(44px, 1fr))` }}
          aria-label="Steps of both threads, in order of time"
        >
          {steps.map((one, at) => (
            <StepChip
              key={one.number}
              step={one}
              taken={step}
              seals={one.number === sealedBy}
              dragged={drag?.from === at ? drag : null}
              button={handlers(at, () => onGo(one.number))}
            />
          ))}
          {drag && drag.to !== drag.from && (
            <li
              className={styles.target}
              aria-hidden="true"
              style={{ gridColumn: drag.to + 1 }}
              data-after={drag.to > drag.from ? "" : undefined}
            />
          )}
        </ol>
      </div>
    </div>
  );
}

/** Scrolls only the lanes, never the page. */
function revealIn(scroller: HTMLElement | null, chip: HTMLElement): void {
  if (scroller === null) return;
  const outer = scroller.getBoundingClientRect();
  const inner = chip.getBoundingClientRect();
  const before = (start: number, edge: number) => Math.min(0, start - edge - 40);
  const after = (end: number, edge: number) => Math.max(0, end - edge + 40);
  scroller.scrollLeft += before(inner.left, outer.left) + after(inner.right, outer.right);
  scroller.scrollTop += before(inner.top, outer.top) + after(inner.bottom, outer.bottom);
}
