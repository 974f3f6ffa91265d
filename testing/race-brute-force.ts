import type { RaceParams } from "../src/protocol/race.ts";
import { SNAP_MAGIC } from "./disk.ts";
import {
  type Chunk,
  copyState,
  front,
  type State,
  start,
  stepsOfC,
  stepsOfI,
} from "./race-model.ts";

/**
 * Every schedule run one by one, no two states ever merged: the oracle for wasm/race. Slow, so only
 * for models of some ten thousand schedules.
 */

/** One schedule's end. */
export interface Ending {
  schedule: string;
  /** The nodes it passes: i × PATH_SCALE + c, steps that do not exist counted as passed. */
  path: readonly number[];
  header: number[];
  headerEnding: string;
  areasEnding: string;
  torn: boolean;
  stray: boolean;
}

export const PATH_SCALE = 1000;

export function headerEnding(words: readonly number[], chunkSize: number): string {
  const [magic, valid, version, size] = words;
  if (magic === 0) return "new-snapshot";
  if (magic !== SNAP_MAGIC) return "corrupt-magic";
  if (size === 0) return "zero-chunk-size";
  if (size !== chunkSize) return "wrong-chunk-size";
  if (version !== 1) return "wrong-version";
  return valid === 0 ? "invalidated" : "still-valid";
}

export function areasEnding(state: State, params: RaceParams): string {
  const isHeader = (chunk: Chunk) => chunk.words[0] === SNAP_MAGIC && chunk.words[1] === 0;
  if (state.areaChunks.some(isHeader)) return "header-in-area";
  const [area0] = state.areaChunks;
  const before = start(params).area;
  const lostFirst = params.index > 0 && area0 && front(area0) !== front(before);
  const lostOthers = params.index > 1 && !area0?.old;
  return lostFirst || lostOthers ? "exceptions-lost" : "kept";
}

/** Runs every schedule, in the order of the alphabet (C before I). */
export function everySchedule(params: RaceParams, visit: (ending: Ending) => void): void {
  const steps = { I: stepsOfI(params), C: stepsOfC(params) };
  const words = params.ioCopy === "words" ? 4 : 1;
  const i7 = steps.I.length - (words === 4 ? 5 : 1);

  const passOver = (c: number, state: State) => {
    let at = c;
    while (at < steps.C.length && !steps.C[at]?.exists(state)) at++;
    return at;
  };
  const path: number[] = [];
  const go = (state: State, i: number, c: number, schedule: string) => {
    path.push(i * PATH_SCALE + c);
    const end = i === steps.I.length && c === steps.C.length;
    if (end) visit(endingOf(state, params, schedule, path));
    for (const thread of ["C", "I"] as const) {
      const step = thread === "C" ? steps.C[c] : steps.I[i];
      if (!step) continue;
      const next = copyState(state);
      step.run(next);
      const nextI = thread === "I" ? i + 1 : i;
      if (nextI > i7 && nextI <= i7 + words) {
        if (nextI < i7 + words || thread === "I") {
          next.seen.push(front(params.fix === "before" ? next.area : next.headerArea));
        }
      }
      const nextC = thread === "C" ? passOver(c + 1, next) : c;
      go(next, nextI, nextC, schedule + thread);
    }
    path.pop();
  };
  const state = start(params);
  go(state, 0, passOver(0, state), "");
}

function endingOf(
  state: State,
  params: RaceParams,
  schedule: string,
  path: readonly number[],
): Ending {
  return {
    schedule,
    path,
    header: state.chunk0.words,
    headerEnding: headerEnding(state.chunk0.words, params.chunkSize),
    areasEnding: areasEnding(state, params),
    torn: !state.seen.includes(front(state.chunk0)),
    stray: state.chunk0.entries.size > 0,
  };
}

export function switchesIn(schedule: string): number {
  let switches = 0;
  for (let at = 1; at < schedule.length; at++) {
    if (schedule[at] !== schedule[at - 1]) switches++;
  }
  return switches;
}
