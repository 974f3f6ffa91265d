import type { StoreReader } from "../../client/held-store.ts";
import type { LevelPlan, RepairPlan } from "../../protocol/repair.ts";
import type { Report } from "../../protocol/report.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { Button } from "../../ui/Button.tsx";
import { saveBlob, saveText } from "../../ui/save-file.ts";
import { patchesOf } from "./hex-bytes.ts";
import { LevelPanel } from "./LevelPanel.tsx";
import styles from "./RepairView.module.css";
import { RescuePanel } from "./RescuePanel.tsx";
import { usePlan } from "./use-plan.ts";

interface RepairViewProps {
  store: OpenedStore;
  reader: StoreReader;
}

/** What can be done for the open store; the image itself is never written to. */
export function RepairView({ store, reader }: RepairViewProps) {
  const answer = usePlan(reader);
  const { name } = store.report.image;
  return (
    <main className={styles.desk} aria-busy={answer === null}>
      <section className={styles.head} aria-label="Repair">
        <h1>What can be done for {name}</h1>
        <p>
          Three repairs, each checked before it is offered here. The image is never written to: a
          repair is a copy, or commands that make one.
        </p>
        {answer?.ok && <SavePlan name={name} plan={answer.value} />}
      </section>
      {answer === null && (
        <p className={styles.quiet} role="status">
          Working out what can be done …
        </p>
      )}
      {answer?.ok === false && (
        <p className={styles.problem} role="alert">
          {answer.problem.message}. {answer.problem.todo}.
        </p>
      )}
      {answer?.ok && (
        <div className={styles.levels}>
          {answer.value.levels.map((plan) => (
            <LevelPanel
              key={plan.level}
              plan={plan}
              report={store.report}
              onSave={saving(name, plan, reader)}
            />
          ))}
        </div>
      )}
      {mayBeInvalid(store.report) && <RescuePanel reader={reader} />}
    </main>
  );
}

/** Where the snapshot cannot be read as a whole, it is worth telling what of it is still there. */
const mayBeInvalid = ({ verdict: { id, severity } }: Report): boolean =>
  id === "invalidated" || (severity === "fatal" && id !== "not-a-store");

/** null: the store lies packed inside a disk, or on a server: the plan's commands fetch it first. */
function saving(name: string, plan: LevelPlan, reader: StoreReader): (() => void) | null {
  const copy = reader.patched(patchesOf(plan.patches));
  return copy && (() => saveBlob(copyName(name, plan), copy));
}

const copyName = (name: string, { level }: LevelPlan): string => `${name}.${level}.repaired`;

/** The same JSON as the command's: patches, commands and what a check says of each. */
function SavePlan({ name, plan }: { name: string; plan: RepairPlan }) {
  const save = () =>
    saveText(`${name}.repair.json`, "application/json", `${JSON.stringify(plan)}\n`);
  return <Button onClick={save}>Save the plan with all patches</Button>;
}
