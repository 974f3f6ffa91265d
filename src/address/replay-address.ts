import { type ChunkPair, RACE_LIMITS, type RaceParams } from "../protocol/race.ts";
import { DEFAULT_RACE } from "../protocol/race-defaults.ts";
import { parseRaceParams, writtenPairs } from "../protocol/race-params.ts";
import type { ReplayLink } from "./replay-link.ts";

/** A key of an address whose value cannot be read; whatever it should have said is the default. */
export interface BrokenPart {
  key: string;
  found: string;
}

/** Far more than two threads of RACE_LIMITS.copies have steps. */
const MOST_STEPS = 65_536;

/** The replay's keys (KEYS of address.ts) and the parameters of the race, in the order of reading. */
const PARAM_KEYS = [
  ["per", "entriesPerArea"],
  ["index", "index"],
  ["fix", "fix"],
  ["store", "storeBytes"],
  ["io", "ioCopy"],
  ["pending", "pendingAfter"],
  ["chunk", "chunkSize"],
  ["first", "entry0"],
  ["copies", "exceptions"],
] as const;

export function writeReplay({ params, schedule, step }: ReplayLink): [string, string][] {
  return [
    ["fix", params.fix],
    ["store", String(params.storeBytes)],
    ["io", params.ioCopy],
    ["index", String(params.index)],
    ["per", String(params.entriesPerArea)],
    ["pending", String(params.pendingAfter)],
    ["chunk", String(params.chunkSize)],
    ["first", writePair(params.entry0)],
    ["copies", params.exceptions.map(writePair).join("_")],
    ["steps", writeSchedule(schedule)],
    ["at", String(step)],
  ];
}

/** null: no key names a place in the replay. */
export function readReplay(fields: URLSearchParams): {
  value: ReplayLink | null;
  broken: BrokenPart[];
} {
  const keys = [...PARAM_KEYS.map(([key]) => key), "steps", "at"];
  if (!keys.some((key) => fields.has(key))) return { value: null, broken: [] };
  const broken: BrokenPart[] = [];
  let params: RaceParams = DEFAULT_RACE;
  for (const [key, name] of PARAM_KEYS) {
    const found = fields.get(key);
    if (found === null) continue;
    // One after the other, so that a value that cannot be loses itself alone.
    const parsed = parseRaceParams({ ...params, ...given(name, found) });
    if (parsed.ok) params = parsed.value;
    else broken.push({ key, found });
  }
  const schedule = readSchedule(fields.get("steps") ?? "");
  if (schedule === null) broken.push({ key: "steps", found: fields.get("steps") ?? "" });
  const at = fields.get("at");
  const step = at === null ? 0 : readStep(at, schedule?.length ?? 0);
  if (step === null) broken.push({ key: "at", found: at ?? "" });
  return { value: { params, schedule: schedule ?? "", step: step ?? 0 }, broken };
}

/** What one key says of the parameters, not judged yet. */
function given(name: (typeof PARAM_KEYS)[number][1], found: string): Record<string, unknown> {
  if (name === "exceptions") {
    const exceptions = writtenPairs(found, "_");
    return { exceptions, copies: Math.min(exceptions.length, RACE_LIMITS.copies) };
  }
  if (name === "entry0") return { entry0: writtenPairs(found, "_")[0] ?? "" };
  return { [name]: found };
}

const writePair = ([oldChunk, newChunk]: ChunkPair): string => `${oldChunk}-${newChunk}`;

/** "IIICCI" is "3I2CI": runs, because schedules are made of them. */
const writeSchedule = (schedule: string): string =>
  schedule.replace(/I+|C+/g, (run) => `${run.length > 1 ? run.length : ""}${run.charAt(0)}`);

function readSchedule(text: string): string | null {
  if (!/^(?:\d{0,5}[IC])*$/.test(text)) return null;
  const runs = [...text.matchAll(/(\d*)([IC])/g)].map(([, count = "", letter = ""]) => ({
    count: count === "" ? 1 : Number(count),
    letter,
  }));
  if (runs.reduce((sum, { count }) => sum + count, 0) > MOST_STEPS) return null;
  return runs.map(({ count, letter }) => letter.repeat(count)).join("");
}

function readStep(text: string, most: number): number | null {
  const step = /^\d{1,10}$/.test(text) ? Number(text) : -1;
  return step < 0 || step > most ? null : step;
}
