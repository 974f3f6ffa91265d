import type { RaceReplay, RaceStep, RaceThread } from "../../protocol/race.ts";

/** Who gave a word its value: one of the threads, a memset, or nobody since the start. */
export type Writer = RaceThread | "zero" | "initial";

/** One value that a word has had. */
export interface WordPast {
  bytes: string;
  /** What wrote it; null: it stood there at the start. */
  step: RaceStep | null;
}

/** One 4-byte word of a buffer or a chunk, as it stands after some steps. */
export interface Word {
  /** "53 6e 41 70", as it lies in memory. */
  bytes: string;
  isZero: boolean;
  writer: Writer;
  /** The step that made the value, and for a chunk the one that brought it there. */
  made: RaceStep | null;
  brought: RaceStep | null;
  /** In a buffer: the write of the other thread that this one replaced. */
  over: RaceStep | null;
  /** Oldest first; the last is the word as it stands. */
  history: WordPast[];
}

/** The words of one entry (16 bytes) in one place, after `n` steps; empty if the replay keeps none. */
export function wordsAt(replay: RaceReplay, n: number, place: string, entry: number): Word[] {
  return replay.cells.flatMap((cell, k) => {
    const isIt = replay.places[cell.place]?.name === place && cell.entry === entry;
    return isIt ? [wordAt(replay, n, k)] : [];
  });
}

function wordAt(replay: RaceReplay, n: number, k: number): Word {
  const { cells, steps, places } = replay;
  const at = (frame: number) => frame * cells.length + k;
  const stepOf = (number: number | undefined) => (number ? (steps[number - 1] ?? null) : null);
  const written = stepOf(replay.writers[at(n)]);
  const inChunk = places[cells[k]?.place ?? 0]?.kind === "chunk";
  const made = inChunk ? (stepOf(replay.sources[at(n)]) ?? zeroing(written)) : written;
  const history = historyOf(replay, n, k);
  const before = history.at(-2)?.step ?? null;
  const value = replay.values[at(n)] ?? 0;
  return {
    bytes: bytesOf(value),
    isZero: value === 0,
    writer: made === null ? "initial" : isZeroing(made) ? "zero" : made.thread,
    made,
    brought: inChunk ? written : null,
    over: !inChunk && made && before && isLoss(before, made) ? before : null,
    history,
  };
}

/** C4 writes zero_area, which no step ever wrote to: it makes its zeros itself. */
const zeroing = (step: RaceStep | null) => (step?.id === "C4" ? step : null);
const isZeroing = (step: RaceStep) => step.op === "memset" || step.id === "C4";

/** Zeros are nobody's loss; whatever else a thread wrote is, when the other one replaces it. */
const isLoss = (before: RaceStep, now: RaceStep) =>
  before.thread !== now.thread && !isZeroing(before);

function historyOf(replay: RaceReplay, n: number, k: number): WordPast[] {
  const history: WordPast[] = [];
  let last = -1;
  for (let frame = 0; frame <= n; frame += 1) {
    const at = frame * replay.cells.length + k;
    const writer = replay.writers[at] ?? 0;
    if (writer === last) continue;
    last = writer;
    const step = writer === 0 ? null : (replay.steps[writer - 1] ?? null);
    history.push({ bytes: bytesOf(replay.values[at] ?? 0), step });
  }
  return history;
}

/** Little-endian, as it lies in memory. */
function bytesOf(value: number): string {
  const byte = (at: number) => ((value >>> (8 * at)) & 0xff).toString(16).padStart(2, "0");
  return [0, 1, 2, 3].map(byte).join(" ");
}

/** "I · step 4 over C": who wrote it last, for eyes and ears. */
export function writerWords({ writer, made, over }: Word): string {
  if (made === null) return "before";
  const zero = writer === "zero" ? "zero · " : "";
  return `${zero}${made.thread} · step ${made.number}${over ? ` over ${over.thread}` : ""}`;
}

/** All that has happened to a word, in one line. */
export function historyWords(name: string, { history, brought }: Word): string {
  const past = history.map(({ bytes, step }) =>
    step === null ? `${bytes} at the start` : `${bytes} by ${step.thread} in step ${step.number}`,
  );
  const arrived = brought ? ` (${brought.fn})` : "";
  return `${name}: ${past.join(", then ")}${arrived}`;
}
