import { useState } from "react";
import { rebootNow } from "../../explain/race/race-now.ts";
import { stepSentence, stepsWords } from "../../explain/race/race-steps.ts";
import type { RaceReplay } from "../../protocol/race.ts";
import { DiskBoxes } from "./DiskBoxes.tsx";
import styles from "./MachinePanel.module.css";
import { MemoryBoxes } from "./MemoryBoxes.tsx";
import { isWritten, replacedBy, shownEntries } from "./places.ts";
import { RebootLine } from "./RebootLine.tsx";

interface MachinePanelProps {
  replay: RaceReplay;
  step: number;
  firstArea: number;
  onGo: (step: number) => void;
}

/** Memory, what the step did, the disk, and what a reboot would find. */
export function MachinePanel({ replay, step, firstArea, onGo }: MachinePanelProps) {
  const [told, setTold] = useState<string | null>(null);
  const frame = replay.frames[step];
  if (frame === undefined) return null;
  const { valid, pending, currentCommitted, currentArea } = frame;
  const boxes = { replay, step, onTell: setTold, onGo };
  return (
    <section className={styles.panel} aria-label="The machine">
      <div className={styles.scroller}>
        <div className={styles.part}>
          <h2 className="sr-only">Memory</h2>
          <MemoryBoxes {...boxes} />
          <p className={styles.state}>
            ps→valid {valid ? 1 : 0} · pending_count {pending} · current_area{" "}
            {firstArea + currentArea} · current_committed {currentCommitted}
          </p>
        </div>
        <p className={`${styles.part} ${styles.sentence}`} aria-live="polite">
          <b>Step {step}.</b> {sentence(replay, step)}
        </p>
        <div className={styles.part}>
          <h2 className={styles.title}>
            COW device <span>what the next boot would read</span>
          </h2>
          <DiskBoxes {...boxes} firstArea={firstArea} />
          <p className={styles.told}>
            {told ?? "Point at a word for its history; press it to go to the step that wrote it."}
          </p>
        </div>
      </div>
      <RebootLine words={rebootNow(frame, isWritten(shownEntries(replay, step, "header")))} />
    </section>
  );
}

function sentence(replay: RaceReplay, step: number): string {
  const taken = replay.steps[step - 1];
  if (taken === undefined) {
    return "A write has found no room in the snapshot, while a copy is still in flight. Neither thread has moved yet.";
  }
  const does = stepSentence(taken, replay.params, taken.readValid ?? undefined);
  const lost = replacedBy(replay, step);
  if (lost.length === 0) return does;
  const steps = stepsWords(lost.map(({ number }) => number));
  return `${does} It replaces what ${lost[0]?.thread} wrote in ${steps}, and nothing locks the buffer.`;
}
