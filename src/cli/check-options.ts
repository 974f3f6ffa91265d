import type { CheckOptions } from "../protocol/check.ts";
import { OPTION_NAMES, type OptionName, parseOptions } from "../protocol/options.ts";
import { type Given, readArguments } from "./arguments.ts";
import { LIMIT_FLAGS, type Limits, parseLimits } from "./limits.ts";
import { parseShard, type Shard, WHOLE } from "./shard.ts";
import { UsageError } from "./usage.ts";

export interface StoreArguments {
  operands: string[];
  options: CheckOptions;
  json: boolean;
  /** Which one inside the disks, as it was typed. */
  store: string | null;
  /** Whether what is cut off or incomplete is read as far as it is there. */
  partial: boolean;
  /** ddrescue's, of the first image; null: all of it is there. */
  mapfile: string | null;
  /** The options that only this command has. */
  values: ReadonlyMap<string, string>;
  flags: ReadonlySet<string>;
}

export interface CheckArguments {
  images: string[];
  options: CheckOptions;
  format: CheckFormat;
  /** null: every store of every image. Else the images are disks of one machine. */
  store: string | null;
  partial: boolean;
  mapfile: string | null;
  /** Where more images are named; "-": on stdin. */
  filesFrom: string | null;
  /** null: as many as there are cores. */
  jobs: number | null;
  /** Which of the images are checked. */
  shard: Shard;
  /** What the exit code tells: the worst verdict, or only whether all was checked and said. */
  exit: "verdict" | "checked";
  limits: Limits;
}

const FORMATS = ["text", "json", "markdown", "html"] as const;
/** json: a line a store, as it comes; markdown and html: one document of all of them. */
export type CheckFormat = (typeof FORMATS)[number];

const MOST_JOBS = 256;

/** @throws UsageError */
export function parseCheckArguments(args: string[]): CheckArguments {
  const own = ["format", "mapfile", "files-from", "jobs", "shard", "exit", ...LIMIT_FLAGS];
  const { operands, values, flags: _, json, ...rest } = parseStoreOptions(args, own);
  const filesFrom = values.get("files-from") ?? null;
  if (operands.length === 0 && filesFrom === null) throw new UsageError("name at least one image");
  const shard = parseShard(values.get("shard"));
  if (rest.store !== null && shard !== WHOLE) {
    throw new UsageError("--shard does not go with --store: all files are then one machine");
  }
  if (rest.mapfile !== null && rest.store === null && (operands.length !== 1 || filesFrom !== null))
    throw new UsageError("--mapfile belongs to one image: name only that, or --store NAME as well");
  return {
    ...rest,
    images: operands,
    format: formatOf(values.get("format"), json),
    filesFrom,
    jobs: jobs(values.get("jobs")),
    shard,
    exit: exit(values.get("exit")),
    limits: parseLimits(values),
  };
}

/**
 * The options that `check` and `snapshot` share.
 * @param further names of options with a value that the command has besides. @param furtherFlags
 * and of those without. @throws UsageError
 */
export function parseStoreOptions(
  args: string[],
  further: readonly string[],
  furtherFlags: readonly string[] = [],
): StoreArguments {
  const accepted = {
    flags: ["json", "partial", ...furtherFlags],
    values: [...Object.values(FLAGS), "store", ...further],
  };
  const given = readArguments(args, accepted);
  const { operands, values, flags } = given;
  return {
    operands,
    values,
    flags,
    json: flags.has("json"),
    partial: flags.has("partial"),
    mapfile: mapfileName(given),
    store: storeName(given),
    options: checkOptions(given),
  };
}

const FLAGS: Record<OptionName, string> = {
  tableChunk: "table-chunk",
  originSectors: "origin-sectors",
  blockSize: "block-size",
  kernel: "kernel",
};

/** What was given is judged where all options are, and named by its flag. @throws UsageError */
function checkOptions({ values }: Given): CheckOptions {
  for (const name of Object.values(FLAGS)) {
    if (values.get(name) === "") throw new UsageError(`--${name} needs a value`);
  }
  const typed = Object.fromEntries(OPTION_NAMES.map((name) => [name, values.get(FLAGS[name])]));
  const parsed = parseOptions(typed);
  if (parsed.ok) return parsed.value;
  const { where, expected, found } = parsed.problem;
  const name = OPTION_NAMES.find((one) => one === where);
  throw new UsageError(`--${name ? FLAGS[name] : where} takes ${expected}, not “${found}”`);
}

/** @throws UsageError */
export function storeName({ values }: Given): string | null {
  const name = values.get("store") ?? null;
  if (name === "") throw new UsageError("--store needs a value");
  return name;
}

/** @throws UsageError */
function formatOf(text: string | undefined, json: boolean): CheckFormat {
  if (text === undefined) return json ? "json" : "text";
  const format = FORMATS.find((one) => one === text);
  if (!format) throw new UsageError(`--format takes ${FORMATS.join(", ")}, not “${text}”`);
  if (json && format !== "json") throw new UsageError(`--json does not go with --format ${format}`);
  return format;
}

/** @throws UsageError */
export function mapfileName({ values }: Given): string | null {
  const name = values.get("mapfile") ?? null;
  if (name === "") throw new UsageError("--mapfile needs a value");
  return name;
}

function exit(text = "verdict"): CheckArguments["exit"] {
  if (text === "verdict" || text === "checked") return text;
  throw new UsageError(`--exit takes verdict or checked, not “${text}”`);
}

function jobs(text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= MOST_JOBS) return number;
  throw new UsageError(`--jobs takes a whole number from 1 to ${MOST_JOBS}, not “${text}”`);
}
