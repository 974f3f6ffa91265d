import { stepLabel } from "../../explain/race/race-steps.ts";
import type { RaceReplay } from "../../protocol/race.ts";
import { Button } from "../../ui/Button.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import type { Replayer } from "./replayer.ts";
import { pastTheOther } from "./schedule.ts";
import styles from "./Transport.module.css";
import { usePlay } from "./use-play.ts";

interface TransportProps {
  replayer: Replayer;
  replay: RaceReplay;
  step: number;
  canUndo: boolean;
  canRedo: boolean;
}

/** Everything that moves the replay, by button and by key. */
export function Transport({ replayer, replay, step, canUndo, canRedo }: TransportProps) {
  const last = replay.steps.length;
  const { playing, toggle, stop } = usePlay(step, last, (to) => replayer.go(to));
  const go = (to: number) => {
    stop();
    replayer.go(to);
  };
  const byHand = (thread: "I" | "C") => {
    stop();
    replayer.stepThread(thread);
  };
  const places = {
    earlier: step > 0 ? pastTheOther(replay.schedule, step - 1, -1) : null,
    later: step > 0 ? pastTheOther(replay.schedule, step - 1, 1) : null,
  };
  const move = (to: number | null) => {
    stop();
    if (to !== null) replayer.move(step - 1, to);
  };
  const undo = () => {
    stop();
    replayer.undo();
  };
  const redo = () => {
    stop();
    replayer.redo();
  };
  useKeys([
    ["Control+z", undo],
    ["Control+Z", redo],
    ["Control+y", redo],
    ["ArrowLeft", () => go(step - 1)],
    ["ArrowRight", () => go(step + 1)],
    ["Home", () => go(0)],
    ["End", () => go(last)],
    [" ", toggle],
    ["i", () => byHand("I")],
    ["c", () => byHand("C")],
    ["Shift+ArrowLeft", () => move(places.earlier)],
    ["Shift+ArrowRight", () => move(places.later)],
  ]);
  const taken = replay.steps[step - 1];
  const done = (thread: "I" | "C") => replay.schedule.indexOf(thread, step) < 0;
  return (
    <div className={styles.transport}>
      <Button aria-label="To the start" disabled={step === 0} onClick={() => go(0)}>
        |‹
      </Button>
      <Button aria-label="Step back" disabled={step === 0} onClick={() => go(step - 1)}>
        ‹
      </Button>
      <Button kind="primary" className={styles.play} onClick={toggle}>
        {playing ? "❚❚ Pause" : "▶ Play"}
      </Button>
      <Button aria-label="Step forward" disabled={step === last} onClick={() => go(step + 1)}>
        ›
      </Button>
      <output className={styles.count}>
        step {step} of {last}
      </output>
      <input
        type="range"
        className={styles.scrub}
        min={0}
        max={last}
        value={step}
        aria-label="Step"
        aria-valuetext={taken ? `${step}: ${taken.thread} ${stepLabel(taken)}` : "the start"}
        onChange={(event) => go(event.target.valueAsNumber)}
      />
      <Button aria-label="Undo" title="Undo the last change" disabled={!canUndo} onClick={undo}>
        ↶
      </Button>
      <Button aria-label="Redo" title="Make it again" disabled={!canRedo} onClick={redo}>
        ↷
      </Button>
      <span className={styles.words}>move it past the other</span>
      <Button
        aria-label="Move this step before the other thread’s"
        disabled={places.earlier === null}
        onClick={() => move(places.earlier)}
      >
        ⇤
      </Button>
      <Button
        aria-label="Move this step behind the other thread’s"
        disabled={places.later === null}
        onClick={() => move(places.later)}
      >
        ⇥
      </Button>
      <span className={styles.words}>or step by hand</span>
      <Button
        className={styles.I}
        aria-label="Step I, the invalidating thread"
        disabled={done("I")}
        onClick={() => byHand("I")}
      >
        I ›
      </Button>
      <Button
        className={styles.C}
        aria-label="Step C, the kcopyd callback"
        disabled={done("C")}
        onClick={() => byHand("C")}
      >
        C ›
      </Button>
    </div>
  );
}
