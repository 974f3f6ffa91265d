import { failure, type Problem, type Result, success } from "../../protocol/problem.ts";
import {
  AREAS_ENDINGS,
  type AreasEnding,
  HEADER_ENDINGS,
  type HeaderEnding,
  type HeaderWords,
  RACE_LIMITS,
  type RaceExploration,
  type RaceParams,
  TRACES,
  type Trace,
} from "../../protocol/race.ts";
import type { Core } from "../core.ts";
import { countOf, setParams } from "./set-params.ts";

/** Every interleaving of the two threads, counted. The core keeps its states for what comes after. */
export function explore(core: Core, params: RaceParams): Result<RaceExploration> {
  setParams(core, params);
  if (!core.race_explore()) return failure(tooManyStates(params));
  core.race_tally();
  const header = new Map<HeaderEnding, bigint>();
  const areas = new Map<AreasEnding, bigint>();
  const both = new Map<`${HeaderEnding} + ${AreasEnding}`, bigint>();
  let schedules = 0n;
  HEADER_ENDINGS.forEach((headerEnding, h) => {
    AREAS_ENDINGS.forEach((areasEnding, a) => {
      const count = countOf((limb) => core.race_tally_limb(h, a, limb));
      if (count === 0n) return;
      schedules += count;
      header.set(headerEnding, (header.get(headerEnding) ?? 0n) + count);
      areas.set(areasEnding, (areas.get(areasEnding) ?? 0n) + count);
      both.set(`${headerEnding} + ${areasEnding}`, count);
    });
  });
  return success({
    params,
    schedules,
    states: core.race_states(),
    steps: { i: core.race_program_count(0), c: core.race_program_count(1) },
    header,
    areas,
    both,
    traces: traceCounts(core),
    headers: distinctHeaders(core),
  });
}

function traceCounts(core: Core): Map<Trace, bigint> {
  const counts = TRACES.map(
    (trace, t) => [trace, countOf((limb) => core.race_trace_limb(t, limb))] as const,
  );
  return new Map(counts.filter(([, count]) => count > 0n));
}

function distinctHeaders(core: Core): HeaderWords[] {
  const headers = new Map<string, HeaderWords>();
  for (let k = 0; k < core.race_finals(); k++) {
    const word = (w: number) => core.race_final_word(k, w);
    const words = [word(0), word(1), word(2), word(3)] as const;
    headers.set(words.join(), words);
  }
  return [...headers.values()].sort(byWords);
}

function byWords(a: HeaderWords, b: HeaderWords): number {
  const differs = a.findIndex((word, w) => word !== b[w]);
  return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0);
}

function tooManyStates(params: RaceParams): Problem {
  return {
    code: "race.too-large",
    message: "These parameters lead to more states than cowscope explores",
    where: "copies and entriesPerArea",
    expected: `at most ${RACE_LIMITS.states} merged states`,
    found: `more, with ${params.copies} copies and ${params.entriesPerArea} entries per area`,
    todo: "Take fewer copies, or more entries per area",
  };
}
