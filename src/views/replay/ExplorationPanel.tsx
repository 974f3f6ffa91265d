import { useState } from "react";
import { grouped } from "../../ui/format.ts";
import { EndingTable } from "./EndingTable.tsx";
import styles from "./ExplorationPanel.module.css";
import { type EndingRow, endingGroups } from "./ending-rows.ts";
import { FateLine } from "./FateLine.tsx";
import { linkTo } from "./first-link.ts";
import { GraphPanel } from "./GraphPanel.tsx";
import type { Goal } from "./progress-graph.ts";
import type { SideProps } from "./side-props.ts";

/** Counts, the progress graph, and what they do and do not say. */
export function ExplorationPanel({ desk, replayer, state, exploration, fate }: SideProps) {
  const [goal, setGoal] = useState<Goal>("bad");
  const { replay, step } = state;
  if (exploration === null || replay === null) return <p className={styles.scope}>Counting …</p>;
  if (!exploration.ok) return <p className={styles.scope}>{exploration.problem.message}.</p>;
  const { before, after } = exploration.value;
  const final = replay.frames.at(-1);
  const groups = endingGroups(exploration.value);

  const onWitness = async (row: EndingRow) => {
    const here = replay.params.fix === "before" ? row.before : row.after;
    const fix = here > 0n ? replay.params.fix : row.before > 0n ? "before" : "after";
    const link = await linkTo(desk.race, { ...replay.params, fix }, row.ending);
    setGoal(row.severity === "ok" ? "bad" : row.ending);
    if (link !== null) replayer.open(link);
  };

  return (
    <div className={styles.panel}>
      <EndingTable
        groups={groups}
        schedules={before.schedules}
        shown={new Set(final ? [final.header, final.areas] : [])}
        onWitness={(row) => void onWitness(row)}
      />
      <GraphPanel
        race={desk.race}
        replay={replay}
        step={step}
        goal={goal}
        goals={groups.flatMap(({ rows }) => rows)}
        onGoal={setGoal}
      />
      <FateLine fate={fate} step={step} />
      <p className={styles.scope}>
        All <b>{grouped(before.schedules)}</b> schedules of these steps, counted one for one from{" "}
        {grouped(before.states)} states before the fix and {grouped(after.states)} after it: a count
        of interleavings, not of how often each happens.
      </p>
    </div>
  );
}
