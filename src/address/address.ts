import { type CheckOptions, DEFAULT_OPTIONS } from "../protocol/check.ts";
import { KERNEL_AGES } from "../protocol/kernel-ages.ts";
import { type OptionName, optionProblem, parseOptions } from "../protocol/options.ts";
import { type InspectLink, readInspect, unlessStart, writeInspect } from "./inspect-address.ts";
import { type BrokenPart, readReplay, writeReplay } from "./replay-address.ts";
import type { ReplayLink } from "./replay-link.ts";

/** Raised when an old address can no longer be read as it was meant. */
const VERSION = "1";

export const VIEW_IDS = ["inspect", "map", "replay", "repair", "find"] as const;
export type ViewId = (typeof VIEW_IDS)[number];

/**
 * Every key of the page's addresses, "#VIEW?key=value&…". A key that is left out has the value that
 * the page opens with; the name of a local file never stands in an address, which may be shared.
 */
export const KEYS = {
  /** Which of these meanings: VERSION. */
  version: "v",
  /** The sample that is open: its file without ".img". */
  sample: "sample",
  /** The store in it that is open, where the sample is a whole disk: "vg/snap". */
  inside: "in",

  /** Options of the check, in the units of the command's options. */
  tableChunk: "table-chunk",
  originSectors: "origin-sectors",
  blockSize: "block-size",
  /** An id of KERNEL_AGES. */
  age: "age",

  /** The inspect view (inspect-address.ts): the area beside the header, from 0. */
  area: "area",
  /** The selected bytes of the device: "FIRST-LAST", both decimal, both among them. */
  bytes: "bytes",
  /** Filters of the exception table: a chunk or a range of chunks, "7", "10-20", "0x10-0x20". */
  oldChunk: "old-chunk",
  newChunk: "new-chunk",
  /** The tab beside the findings: "exceptions", "chunk-size", "snapshot" or "lookup". */
  panel: "panel",

  /** The stop of the guided tour, from 1; the replay's other keys, if there are any, come first. */
  tour: "tour",
  /** The replay: the fix (before, after), bytes of one CPU store (4, 8), I/O copy (atomic, words). */
  fix: "fix",
  store: "store",
  io: "io",
  /** Entry of the area that is written first, entries of an area, exceptions that stay pending. */
  index: "index",
  per: "per",
  pending: "pending",
  /** Chunk size in sectors. */
  chunk: "chunk",
  /** Entry 0 of area 0, OLD-NEW in chunks, and the exceptions of the copies: OLD-NEW_OLD-NEW… */
  first: "first",
  copies: "copies",
  /** The schedule, runs of one thread's steps: 4I2C is IIIICC; and how many of them are taken. */
  steps: "steps",
  at: "at",
} as const;

export interface Address {
  /** null: none named. */
  view: ViewId | null;
  sample: string | null;
  /** Which store of a disk; null: the only one, or all of them. It stands in a sample's address alone. */
  inside: string | null;
  options: CheckOptions;
  /** null: wherever the inspect view opens. */
  inspect: InspectLink | null;
  /** null: wherever the replay opens. */
  replay: ReplayLink | null;
  /** The stop of the guided tour that is shown beside the replay, from 1. */
  tour: number | null;
}

export const START: Address = {
  view: null,
  sample: null,
  inside: null,
  options: DEFAULT_OPTIONS,
  inspect: null,
  replay: null,
  tour: null,
};

/** How many stops the tour has (src/views/replay/tour.ts). */
export const TOUR_STOPS = 8;

/** The part of the address behind "#", with it; "" for the start page. */
export function writeAddress(address: Address): string {
  const { view, sample, inside, options, inspect, replay, tour } = address;
  const given: [string, string | null][] = [
    [KEYS.sample, sample],
    [KEYS.inside, sample === null ? null : inside],
    [KEYS.tableChunk, unlessDefault("tableChunk", options)],
    [KEYS.originSectors, unlessDefault("originSectors", options)],
    [KEYS.blockSize, unlessDefault("blockSize", options)],
    [KEYS.age, unlessDefault("kernel", options)],
    ...(view === "inspect" && inspect !== null ? writeInspect(inspect) : []),
    [KEYS.tour, view === "replay" && tour !== null ? String(tour) : null],
    ...(view === "replay" && replay !== null ? writeReplay(replay) : []),
  ];
  const fields = given.filter((field): field is [string, string] => field[1] !== null);
  if (view === null) return "";
  if (fields.length === 0) return `#${view}`;
  return `#${view}?${new URLSearchParams([[KEYS.version, VERSION], ...fields])}`;
}

const unlessDefault = (name: OptionName, options: CheckOptions): string | null =>
  options[name] === DEFAULT_OPTIONS[name] ? null : String(options[name]);

/** Never fails: a part that cannot be read loses itself, and is listed in `broken`. */
export function readAddress(fragment: string): Address & { broken: BrokenPart[] } {
  const [name = "", ...rest] = fragment.replace(/^#/, "").split("?");
  const fields = new URLSearchParams(rest.join("?"));
  const view = VIEW_IDS.find((id) => id === name) ?? null;
  if (view === null) return { ...START, broken: name === "" ? [] : [{ key: "#", found: name }] };
  const version = fields.get(KEYS.version) ?? VERSION;
  if (version !== VERSION) {
    return { ...START, view, broken: [{ key: KEYS.version, found: version }] };
  }
  const known = new Set<string>(Object.values(KEYS));
  const strange = [...fields]
    .filter(([key]) => !known.has(key))
    .map(([key, found]) => ({ key, found }));
  const options = readOptions(fields);
  const inspect = readInspect(fields);
  const replay = readReplay(fields);
  const tour = readTour(fields.get(KEYS.tour));
  const sample = fields.get(KEYS.sample);
  return {
    view,
    sample,
    inside: sample === null ? null : fields.get(KEYS.inside),
    options: options.value,
    inspect: view === "inspect" && inspect.value ? unlessStart(inspect.value) : null,
    replay: view === "replay" ? replay.value : null,
    tour: view === "replay" ? tour.value : null,
    broken: [...strange, ...options.broken, ...inspect.broken, ...replay.broken, ...tour.broken],
  };
}

function readTour(found: string | null): { value: number | null; broken: BrokenPart[] } {
  if (found === null) return { value: null, broken: [] };
  const stop = /^\d$/.test(found) ? Number(found) : 0;
  if (stop >= 1 && stop <= TOUR_STOPS) return { value: stop, broken: [] };
  return { value: null, broken: [{ key: KEYS.tour, found }] };
}

function readOptions(fields: URLSearchParams): { value: CheckOptions; broken: BrokenPart[] } {
  const broken: BrokenPart[] = [];
  const judged = (name: "tableChunk" | "originSectors" | "blockSize"): string => {
    const found = fields.get(KEYS[name]) ?? "";
    if (optionProblem(name, found) === null) return found;
    broken.push({ key: KEYS[name], found });
    return "";
  };
  const parsed = parseOptions({
    tableChunk: judged("tableChunk"),
    originSectors: judged("originSectors"),
    blockSize: judged("blockSize"),
  });
  const age = fields.get(KEYS.age);
  const known = age === null || KERNEL_AGES.some(({ id }) => id === age);
  if (!known) broken.push({ key: KEYS.age, found: age });
  const value = parsed.ok ? parsed.value : DEFAULT_OPTIONS;
  return { value: known && age !== null ? { ...value, kernel: age } : value, broken };
}
