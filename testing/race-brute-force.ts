/**
 * The race a second time, written from its description alone and as plainly as possible: every
 * schedule is run one by one, no two states are ever merged. The oracle for wasm/race; slow, so
 * only for models of some ten thousand schedules.
 */
import type { RaceParams } from "../src/protocol/race.ts";
import { SNAP_MAGIC } from "./disk.ts";

/** 16 bytes as words, and what stands behind them: the old entries, and new ones by index. */
interface Chunk {
  words: number[];
  old: boolean;
  entries: ReadonlySet<number>;
}

interface State {
  valid: boolean;
  area: Chunk;
  headerArea: Chunk;
  chunk0: Chunk;
  areaChunks: Chunk[];
  /** What C5 read, by copy. */
  read: boolean[];
  /** The first 16 bytes of B at each moment from I7's first word to its last. */
  seen: string[];
}

interface Step {
  run(state: State): void;
  /** Steps of C6 are none if C5 read 0. */
  exists(state: State): boolean;
}

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

const always = () => true;
const emptyChunk = (): Chunk => ({ words: [0, 0, 0, 0], old: false, entries: new Set() });
const low = (value: bigint) => Number(value & 0xffff_ffffn);
const high = (value: bigint) => Number(value >> 32n);
const front = (chunk: Chunk) => chunk.words.join();

function memset(params: RaceParams, of: (state: State) => Chunk): Step[] {
  const steps: Step[] = [];
  const width = params.storeBytes / 4;
  for (let first = 0; first < 4; first += width) {
    steps.push({
      exists: always,
      run: (state) => of(state).words.fill(0, first, first + width),
    });
  }
  steps.push({
    exists: always,
    run: (state) => {
      of(state).old = false;
      of(state).entries = new Set();
    },
  });
  return steps;
}

type Of = (state: State) => Chunk;

function chunkIo(params: RaceParams, from: Of, to: Of, exists: Step["exists"]): Step[] {
  const word = (w: number) => (state: State) => {
    to(state).words[w] = from(state).words[w] ?? 0;
  };
  const rest = (state: State) => {
    to(state).old = from(state).old;
    to(state).entries = from(state).entries;
  };
  const parts = [word(0), word(1), word(2), word(3), rest];
  if (params.ioCopy === "words") return parts.map((run) => ({ exists, run }));
  return [
    {
      exists,
      run: (state) => {
        for (const run of parts) run(state);
      },
    },
  ];
}

function stepsOfI(params: RaceParams): Step[] {
  const buffer: Of = (state) => (params.fix === "before" ? state.area : state.headerArea);
  const field = (w: number, value: number): Step => ({
    exists: always,
    run: (state) => {
      buffer(state).words[w] = value;
    },
  });
  return [
    {
      exists: always,
      run: (state) => {
        state.valid = false;
      },
    },
    ...memset(params, buffer),
    field(0, SNAP_MAGIC),
    field(1, 0),
    field(2, 1),
    field(3, params.chunkSize),
    ...chunkIo(params, buffer, (state) => state.chunk0, always),
  ];
}

function storeSteps(params: RaceParams, copy: number, index: number): Step[] {
  const [oldChunk, newChunk] = params.exceptions[copy] ?? [0n, 0n];
  const words = [low(oldChunk), high(oldChunk), low(newChunk), high(newChunk)];
  const width = params.storeBytes / 4;
  const steps: Step[] = [];
  for (let first = 0; first < 4; first += width) {
    const stored = words.slice(first, first + width);
    steps.push({
      exists: always,
      run: ({ area }) => {
        if (index === 0) area.words.splice(first, width, ...stored);
        else if (stored.some((word) => word !== 0)) {
          area.entries = new Set([...area.entries, index]);
        }
      },
    });
  }
  return steps;
}

function stepsOfC(params: RaceParams): Step[] {
  const steps: Step[] = [];
  let index = params.index;
  let area = 0;
  for (let copy = 0; copy < params.copies; copy++) {
    steps.push(...storeSteps(params, copy, index));
    steps.push({ exists: always, run: () => {} });
    const pending = params.pendingAfter + params.copies - 1 - copy;
    const full = index + 1 === params.entriesPerArea;
    index++;
    if (pending !== 0 && !full) continue;
    const thisArea = area;
    if (full) {
      steps.push({
        exists: always,
        run: (state) => {
          state.areaChunks[thisArea + 1] = emptyChunk();
        },
      });
    }
    steps.push({
      exists: always,
      run: (state) => {
        state.read[copy] = state.valid;
      },
    });
    const target: Of = (state) => state.areaChunks[thisArea] ?? emptyChunk();
    const readOne = (state: State) => state.read[copy] === true;
    steps.push(...chunkIo(params, (state) => state.area, target, readOne));
    if (full) {
      steps.push(...memset(params, (state) => state.area));
      index = 0;
      area++;
    }
  }
  return steps;
}

function start(params: RaceParams): State {
  const [oldChunk, newChunk] = params.entry0;
  const first = [low(oldChunk), high(oldChunk), low(newChunk), high(newChunk)];
  const area = (): Chunk => ({
    words: params.index > 0 ? [...first] : [0, 0, 0, 0],
    old: true,
    entries: new Set(),
  });
  const areas = Math.floor((params.index + params.copies) / params.entriesPerArea) + 1;
  return {
    valid: true,
    area: area(),
    headerArea: emptyChunk(),
    chunk0: { ...emptyChunk(), words: [SNAP_MAGIC, 1, 1, params.chunkSize] },
    areaChunks: [area(), ...Array.from({ length: areas }, emptyChunk)],
    read: [],
    seen: [],
  };
}

const copyChunk = (chunk: Chunk): Chunk => ({ ...chunk, words: [...chunk.words] });
const copyState = (state: State): State => ({
  valid: state.valid,
  area: copyChunk(state.area),
  headerArea: copyChunk(state.headerArea),
  chunk0: copyChunk(state.chunk0),
  areaChunks: state.areaChunks.map(copyChunk),
  read: [...state.read],
  seen: [...state.seen],
});

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
