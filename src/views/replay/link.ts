import type { Problem } from "../../protocol/problem.ts";
import type { ChunkPair, RaceParams } from "../../protocol/race.ts";
import { parseRaceParams, raceProblem, writtenPairs } from "../../protocol/race-params.ts";

/** A place in the replay, as an address keeps it. */
export interface ReplayLink {
  params: RaceParams;
  /** One letter a step. */
  schedule: string;
  /** Steps taken. */
  step: number;
}

/** Raised when an old link can no longer be read as it was meant. */
const VERSION = "1";
const PREFIX = "#replay?";
/** Far more than two threads of RACE_LIMITS.copies have steps. */
const MOST_STEPS = 65_536;

/** A link that cannot be read; the problem says which part of it. */
export class BadLink extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** "#replay?v=1&…": everything that the replay needs to stand where it stands now. */
export function writeLink({ params, schedule, step }: ReplayLink): string {
  const fields = new URLSearchParams({
    v: VERSION,
    fix: params.fix,
    store: String(params.storeBytes),
    io: params.ioCopy,
    index: String(params.index),
    per: String(params.entriesPerArea),
    pending: String(params.pendingAfter),
    chunk: String(params.chunkSize),
    first: writePair(params.entry0),
    copies: params.exceptions.map(writePair).join("_"),
    steps: writeSchedule(schedule),
    at: String(step),
  });
  return PREFIX + fields.toString();
}

/** null: the address names no place in the replay. @throws BadLink */
export function readLink(fragment: string): ReplayLink | null {
  if (!fragment.startsWith(PREFIX)) return null;
  const fields = new URLSearchParams(fragment.slice(PREFIX.length));
  const text = (name: string) => fields.get(name) ?? "";
  if (text("v") !== VERSION) throw bad("version of the link", VERSION, text("v"));
  const schedule = readSchedule(text("steps"));
  return { params: readParams(text), schedule, step: readStep(text("at"), schedule.length) };
}

/** @throws BadLink */
function readParams(text: (name: string) => string): RaceParams {
  const exceptions = writtenPairs(text("copies"), "_");
  const [entry0] = writtenPairs(text("first"), "_");
  const parsed = parseRaceParams({
    fix: text("fix"),
    storeBytes: text("store"),
    ioCopy: text("io"),
    index: text("index"),
    entriesPerArea: text("per"),
    copies: exceptions.length,
    pendingAfter: text("pending"),
    chunkSize: text("chunk"),
    exceptions,
    entry0: entry0 ?? "",
  });
  if (!parsed.ok) throw new BadLink(parsed.problem);
  return parsed.value;
}

const bad = (where: string, expected: string, found: string) =>
  new BadLink(raceProblem(where, expected, found));

const writePair = ([oldChunk, newChunk]: ChunkPair): string => `${oldChunk}-${newChunk}`;

/** "IIICCI" is "3I2CI": runs, because schedules are made of them. */
const writeSchedule = (schedule: string): string =>
  schedule.replace(/I+|C+/g, (run) => `${run.length > 1 ? run.length : ""}${run.charAt(0)}`);

function readSchedule(text: string): string {
  const badSteps = () => bad("schedule", `up to ${MOST_STEPS} steps of I and C`, text);
  if (!/^(?:\d{0,5}[IC])*$/.test(text)) throw badSteps();
  const runs = [...text.matchAll(/(\d*)([IC])/g)].map(([, count = "", letter = ""]) => ({
    count: count === "" ? 1 : Number(count),
    letter,
  }));
  if (runs.reduce((sum, { count }) => sum + count, 0) > MOST_STEPS) throw badSteps();
  return runs.map(({ count, letter }) => letter.repeat(count)).join("");
}

function readStep(text: string, most: number): number {
  const step = /^\d{1,10}$/.test(text) ? Number(text) : -1;
  if (step < 0 || step > most) throw bad("step", `a whole number from 0 to ${most}`, text);
  return step;
}
