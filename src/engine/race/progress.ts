import type { ProgressNode, RaceEnding, RaceFate, RaceProgress } from "../../protocol/race.ts";
import type { Core } from "../core.ts";
import { want } from "./endings.ts";
import { countOf } from "./set-params.ts";

/** The progress graph for one ending, for the parameters explored last. */
export function progress(core: Core, ending: RaceEnding): RaceProgress {
  want(core, ending);
  core.race_progress();
  const steps = { i: core.race_program_count(0), c: core.race_program_count(1) };
  const nodes: ProgressNode[] = [];
  for (let c = 0; c <= steps.c; c++) {
    for (let i = 0; i <= steps.i; i++) nodes.push(nodeAt(core, i, c));
  }
  return { ending, steps, nodes };
}

function nodeAt(core: Core, i: number, c: number): ProgressNode {
  const number = (which: { value: number }) =>
    countOf((limb) => core.race_progress_limb(i, c, which.value, limb));
  return {
    i,
    c,
    through: number(core.NODE_THROUGH),
    ending: number(core.NODE_WANTED),
    sealedByI: number(core.NODE_SEALED_BY_I),
    sealedByC: number(core.NODE_SEALED_BY_C),
    avertedByI: number(core.NODE_AVERTED_BY_I),
    avertedByC: number(core.NODE_AVERTED_BY_C),
  };
}

/**
 * How the future of a schedule narrows. Follows it for as long as its letters are steps that its
 * thread can take. For the parameters explored last.
 */
export function fate(core: Core, ending: RaceEnding, schedule: string): RaceFate {
  want(core, ending);
  core.race_progress();
  core.race_fate_start();
  const point = () => ({
    ways: countOf((limb) => core.race_fate_ways_limb(limb)),
    ending: countOf((limb) => core.race_fate_wanted_limb(limb)),
  });
  const points = [point()];
  for (const thread of schedule) {
    if (!core.race_fate_step(thread === "I" ? 0 : 1)) break;
    points.push(point());
  }
  const decided = points.findIndex(({ ways, ending: so }) => so === 0n || so === ways);
  return { ending, points, decidedBy: decided < 0 ? null : decided };
}
