import type { RaceParams } from "../src/protocol/race.ts";
import { SNAP_MAGIC } from "./disk.ts";

/**
 * The race a second time, written from its description alone and as plainly as possible: the steps
 * of both threads as functions on a state. What wasm/race does with masks and codes is done here
 * with arrays and sets.
 */

/** 16 bytes as words, and what stands behind them: the old entries, and new ones by index. */
export interface Chunk {
  words: number[];
  old: boolean;
  entries: ReadonlySet<number>;
}

export interface State {
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

export interface Step {
  run(state: State): void;
  /** Steps of C6 are none if C5 read 0. */
  exists(state: State): boolean;
}

const always = () => true;
const emptyChunk = (): Chunk => ({ words: [0, 0, 0, 0], old: false, entries: new Set() });
const low = (value: bigint) => Number(value & 0xffff_ffffn);
const high = (value: bigint) => Number(value >> 32n);
export const front = (chunk: Chunk) => chunk.words.join();

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

export function stepsOfI(params: RaceParams): Step[] {
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

export function stepsOfC(params: RaceParams): Step[] {
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

export function start(params: RaceParams): State {
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
export const copyState = (state: State): State => ({
  valid: state.valid,
  area: copyChunk(state.area),
  headerArea: copyChunk(state.headerArea),
  chunk0: copyChunk(state.chunk0),
  areaChunks: state.areaChunks.map(copyChunk),
  read: [...state.read],
  seen: [...state.seen],
});
