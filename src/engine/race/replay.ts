import type {
  ChunkPair,
  RaceCell,
  RaceFrame,
  RaceParams,
  RaceReplay,
  RaceStep,
  RaceThread,
} from "../../protocol/race.ts";
import type { Core } from "../core.ts";
import { frame, nextStep, places, startMachine, threadNumber } from "./machine.ts";

const WORD = 4;

/**
 * Runs a schedule and keeps every state it passes. Letters of a thread that has ended are passed
 * over, so a schedule stays playable when a step of it has been moved; `toTheEnd` lets C, then I,
 * do what the schedule leaves undone.
 */
export function replay(
  core: Core,
  params: RaceParams,
  schedule: string,
  toTheEnd: boolean,
  oldEntries: readonly ChunkPair[] | null,
): RaceReplay {
  startMachine(core, params, oldEntries);
  const cells = cellsOf(core, params);
  const film = new Film(core, cells);
  const steps: RaceStep[] = [];
  film.shoot();
  const run = (thread: RaceThread) => {
    const step = takeStep(core, thread);
    if (step) {
      steps.push(step);
      film.shoot();
    }
    return step !== null;
  };
  for (const letter of schedule) run(letter === "I" ? "I" : "C");
  if (toTheEnd) for (const thread of ["C", "I"] as const) while (run(thread));
  return {
    params,
    schedule: steps.map((step) => step.thread).join(""),
    steps,
    next: { I: nextStep(core, "I"), C: nextStep(core, "C") },
    places: places(core),
    cells,
    ...film.develop(),
  };
}

function takeStep(core: Core, thread: RaceThread): RaceStep | null {
  const step = nextStep(core, thread);
  if (!step) return null;
  const readValid = step.op === "read-valid" ? core.race_valid() !== 0 : null;
  core.race_step(threadNumber(thread));
  return { ...step, number: core.race_taken(), readValid };
}

/** The words shown: the first entry of each place, one old entry, and those that C writes. */
function cellsOf(core: Core, params: RaceParams): RaceCell[] {
  const entries = new Set([0, ...(params.index > 1 ? [1] : [])]);
  for (let copy = 0; copy < params.copies; copy++) {
    entries.add((params.index + copy) % params.entriesPerArea);
  }
  const inOrder = [...entries].sort((a, b) => a - b);
  const shown = places(core).flatMap(({ name }, place) => {
    // Before the fix header_area is area's memory, and zero_area never changes.
    const hidden = name === "zero_area" || (name === "header_area" && params.fix === "before");
    return hidden ? [] : [place];
  });
  return shown.flatMap((place) =>
    inOrder.flatMap((entry) =>
      [0, 1, 2, 3].map((word) => ({ place, entry, offset: entry * 16 + word * WORD })),
    ),
  );
}

/** One picture of all cells after each step. */
class Film {
  private readonly values: number[] = [];
  private readonly writers: number[] = [];
  private readonly sources: number[] = [];
  private readonly frames: RaceFrame[] = [];

  constructor(
    private readonly core: Core,
    private readonly cells: readonly RaceCell[],
  ) {}

  shoot(): void {
    const { core } = this;
    const memory = new Uint32Array(core.memory.buffer);
    const word = (base: number, offset: number) => memory[(base + offset) / WORD] ?? 0;
    for (const { place, offset } of this.cells) {
      this.values.push(word(core.place_bytes(place), offset));
      this.writers.push(word(core.place_writers(place), offset));
      this.sources.push(word(core.place_sources(place), offset));
    }
    this.frames.push(frame(core));
  }

  develop() {
    return {
      frames: this.frames,
      values: Uint32Array.from(this.values),
      writers: Uint16Array.from(this.writers),
      sources: Uint16Array.from(this.sources),
    };
  }
}
