import { useState } from "react";
import type { RaceAsker } from "../../client/race-client.ts";
import type { RaceReplay } from "../../protocol/race.ts";
import { grouped } from "../../ui/format.ts";
import type { EndingRow } from "./ending-rows.ts";
import styles from "./GraphPanel.module.css";
import { GraphTable } from "./GraphTable.tsx";
import { ProgressGraph } from "./ProgressGraph.tsx";
import { askedFor, type Goal, type GraphNode, graphNodes, pathOf } from "./progress-graph.ts";
import { raceKey } from "./race-key.ts";
import { useAnswer } from "./use-answer.ts";

interface GraphPanelProps {
  race: RaceAsker;
  replay: RaceReplay;
  step: number;
  goal: Goal;
  /** The endings that can be looked for. */
  goals: EndingRow[];
  onGoal: (goal: Goal) => void;
}

/** The progress graph of the kernel on the screen, as a picture and as a table. */
export function GraphPanel({ race, replay, step, goal, goals, onGoal }: GraphPanelProps) {
  const [pointed, setPointed] = useState<GraphNode | null>(null);
  const { params } = replay;
  const answer = useAnswer(`${goal} ${raceKey(params)}`, async () => ({
    goal,
    progress: await race.progress(params, askedFor(goal)),
  }));
  if (!answer?.progress.ok) return <div className={styles.panel} />;
  const { steps } = answer.progress.value;
  const nodes = graphNodes(answer.progress.value, answer.goal);
  const path = pathOf(replay);
  const here = path[step];
  const current = nodes.find(({ i, c }) => i === here?.i && c === here.c);
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <label>
          Schedules that end{" "}
          <select value={goal} onChange={(event) => onGoal(goalNamed(event.target.value, goals))}>
            <option value="bad">otherwise than intended</option>
            {goals.map(({ ending, title }) => (
              <option key={ending} value={ending}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <p className={styles.told}>{nodeWords(pointed ?? current)}</p>
      </div>
      <ProgressGraph
        nodes={nodes}
        steps={steps}
        path={path}
        step={step}
        thread={replay.steps[step - 1]?.thread ?? null}
        onPoint={setPointed}
      />
      <GraphTable nodes={nodes} steps={steps} />
    </div>
  );
}

const goalNamed = (name: string, goals: readonly EndingRow[]): Goal =>
  goals.find(({ ending }) => ending === name)?.ending ?? "bad";

function nodeWords(node: GraphNode | undefined): string {
  if (node === undefined) return "";
  const { i, c, through, reaching } = node;
  if (through === 0n) return `no schedule comes to ${i} steps of I and ${c} of C`;
  return `after ${i} steps of I and ${c} of C, ${grouped(reaching)} of ${grouped(through)} ways end so`;
}
