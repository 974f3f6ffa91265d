import { type ChunkPair, RACE_LIMITS, type RaceParams } from "../../protocol/race.ts";

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

/** A link that cannot be read: which part of it. */
export class BadLink extends Error {}

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
  const number = (name: string, least: number, most: number) =>
    readNumber(name, text(name), least, most);
  oneOf("v", text("v"), [VERSION]);
  const entriesPerArea = number("per", 1, RACE_LIMITS.entriesPerArea);
  const exceptions = readPairs(text("copies"));
  const schedule = readSchedule(text("steps"));
  return {
    params: {
      fix: oneOf("fix", text("fix"), ["before", "after"]),
      storeBytes: text("store") === "4" ? 4 : oneOf("store", Number(text("store")), [8]),
      ioCopy: oneOf("io", text("io"), ["atomic", "words"]),
      index: number("index", 0, entriesPerArea - 1),
      entriesPerArea,
      copies: exceptions.length,
      pendingAfter: number("pending", 0, RACE_LIMITS.pendingAfter),
      chunkSize: number("chunk", 1, 2 ** 32 - 1),
      exceptions,
      entry0: readPair("first", text("first")),
    },
    schedule,
    step: number("at", 0, schedule.length),
  };
}

const writePair = ([oldChunk, newChunk]: ChunkPair): string => `${oldChunk}-${newChunk}`;

function readPair(name: string, text: string): ChunkPair {
  const [, oldChunk = "", newChunk = ""] = /^(\d{1,20})-(\d{1,20})$/.exec(text) ?? [];
  if (oldChunk === "") throw new BadLink(name);
  const pair = [BigInt(oldChunk), BigInt(newChunk)] as const;
  if (pair.some((chunk) => chunk >= 2n ** 64n)) throw new BadLink(name);
  return pair;
}

function readPairs(text: string): ChunkPair[] {
  const pairs = text === "" ? [] : text.split("_").map((pair) => readPair("copies", pair));
  if (pairs.length > RACE_LIMITS.copies) throw new BadLink("copies");
  return pairs;
}

/** "IIICCI" is "3I2CI": runs, because schedules are made of them. */
const writeSchedule = (schedule: string): string =>
  schedule.replace(/I+|C+/g, (run) => `${run.length > 1 ? run.length : ""}${run.charAt(0)}`);

function readSchedule(text: string): string {
  if (!/^(?:\d{0,5}[IC])*$/.test(text)) throw new BadLink("steps");
  const runs = [...text.matchAll(/(\d*)([IC])/g)].map(([, count = "", letter = ""]) => ({
    count: count === "" ? 1 : Number(count),
    letter,
  }));
  if (runs.reduce((sum, { count }) => sum + count, 0) > MOST_STEPS) throw new BadLink("steps");
  return runs.map(({ count, letter }) => letter.repeat(count)).join("");
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : -1;
  if (number < least || number > most) throw new BadLink(name);
  return number;
}

function oneOf<T>(name: string, found: unknown, choices: readonly T[]): T {
  const choice = choices.find((one) => one === found);
  if (choice === undefined) throw new BadLink(name);
  return choice;
}
