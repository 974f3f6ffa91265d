import type { ProgressNode, RaceEnding, RaceProgress, RaceReplay } from "../../protocol/race.ts";
import { GOOD } from "./use-fate.ts";

/** Which schedules the graph looks for: those of one ending, or all that do not end as intended. */
export type Goal = RaceEnding | "bad";

/** The ending to ask the core for: bad is whatever is not good. */
export const askedFor = (goal: Goal): RaceEnding => (goal === "bad" ? GOOD : goal);

/** One node, for a goal: how many of the schedules through it reach it. */
export interface GraphNode {
  i: number;
  c: number;
  through: bigint;
  reaching: bigint;
  /** Of them, those that the step of I, of C, from here makes certain. */
  sealedByI: bigint;
  sealedByC: bigint;
}

export function graphNodes({ nodes }: RaceProgress, goal: Goal): GraphNode[] {
  return nodes.map((node) => (goal === "bad" ? badNode(node) : goodNode(node)));
}

/** What rules the good ending out makes a bad one certain. */
function badNode({ i, c, through, ending, avertedByI, avertedByC }: ProgressNode): GraphNode {
  return {
    i,
    c,
    through,
    reaching: through - ending,
    sealedByI: avertedByI,
    sealedByC: avertedByC,
  };
}

function goodNode({ i, c, through, ending, sealedByI, sealedByC }: ProgressNode): GraphNode {
  return { i, c, through, reaching: ending, sealedByI, sealedByC };
}

export interface PathPoint {
  i: number;
  c: number;
}

/** Where a schedule goes: one point before its first step and one after each. */
export function pathOf({ steps, params }: RaceReplay): PathPoint[] {
  const skipped = params.ioCopy === "words" ? 5 : 1;
  const path: PathPoint[] = [{ i: 0, c: 0 }];
  let [i, c] = [0, 0];
  for (const { thread, readValid } of steps) {
    if (thread === "I") i += 1;
    // A callback that finds the store invalid passes over the steps that write the area.
    else c += readValid === false ? 1 + skipped : 1;
    path.push({ i, c });
  }
  return path;
}
