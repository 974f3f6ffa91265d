import { Button } from "../../ui/Button.tsx";
import { RichText } from "../../ui/RichText.tsx";
import type { SideProps } from "./side-props.ts";
import styles from "./TourPanel.module.css";
import { TOUR } from "./tour.ts";
import { useTourStop } from "./use-tour-stop.ts";

/** Eight stops for someone who has never heard of kcopyd; each sets the scene that it tells of. */
export function TourPanel({ replayer }: SideProps) {
  const { at, goTo: keep } = useTourStop();
  const goTo = (next: number) => {
    const stop = TOUR[next];
    if (stop === undefined) return;
    keep(next);
    replayer.open(stop.scene);
  };
  const stop = at === null ? undefined : TOUR[at];
  return (
    <div className={styles.tour}>
      {stop === undefined || at === null ? (
        <>
          <h2 className={styles.title}>What happened in bug 461506</h2>
          <p>
            {TOUR.length} stops, from what a snapshot is to the two commits that mended it. Each one
            sets the replay beside it; step around as you like, and go on when you are ready.
          </p>
          <Button onClick={() => goTo(0)}>Start the tour</Button>
        </>
      ) : (
        <>
          <p className={styles.place}>
            Stop {at + 1} of {TOUR.length}
          </p>
          <h2 className={styles.title}>{stop.title}</h2>
          <p className={styles.text} aria-live="polite">
            <RichText text={stop.text} />
          </p>
          <div className={styles.actions}>
            <Button disabled={at === 0} onClick={() => goTo(at - 1)}>
              Back
            </Button>
            <Button disabled={at === TOUR.length - 1} onClick={() => goTo(at + 1)}>
              Next stop
            </Button>
            <Button onClick={() => goTo(at)}>Show it again</Button>
          </div>
        </>
      )}
      <ol className={styles.stops}>
        {TOUR.map(({ title }, number) => (
          <li key={title}>
            <button
              type="button"
              aria-current={number === at ? "step" : undefined}
              onClick={() => goTo(number)}
            >
              {number + 1}. {title}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
