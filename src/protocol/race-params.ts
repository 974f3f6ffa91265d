import { failure, type Problem, type Result, success } from "./problem.ts";
import { type ChunkPair, RACE_LIMITS, type RaceParams } from "./race.ts";
import { defaultExceptions } from "./race-defaults.ts";

/**
 * The one place that judges the parameters of the race: PARAMS of `cowscope race`, addresses and
 * form fields. Checked field by field; what is left out has CONTRACT's value.
 */
export function parseRaceParams(input: unknown): Result<RaceParams> {
  try {
    return success(readParams(input));
  } catch (error) {
    if (error instanceof BadParam) return failure(error.problem);
    throw error;
  }
}

/** Carries a problem out of the middle of a reader; never leaves this file. */
class BadParam extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

function bad(where: string, expected: string, found: unknown): BadParam {
  return new BadParam(raceProblem(where, expected, show(found)));
}

/** A parameter that the race cannot be run with. */
export function raceProblem(where: string, expected: string, found: string): Problem {
  return {
    code: "option.bad",
    message: `The race cannot be run with this ${where}`,
    where,
    expected,
    found,
    todo: "Change it and try again",
  };
}

function show(found: unknown): string {
  const text = JSON.stringify(found, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  return text === undefined ? "nothing" : text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const FIELDS = new Set([
  "fix",
  "storeBytes",
  "ioCopy",
  "index",
  "entriesPerArea",
  "copies",
  "pendingAfter",
  "chunkSize",
  "exceptions",
  "entry0",
]);

function readParams(input: unknown): RaceParams {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw bad("PARAMS", "a JSON object", input);
  }
  const given = new Map<string, unknown>(Object.entries(input));
  for (const name of given.keys()) {
    if (!FIELDS.has(name)) throw bad("PARAMS", `only ${[...FIELDS].join(", ")}`, name);
  }
  const number = (name: string, least: number, most: number, otherwise: number) =>
    whole(name, given.get(name) ?? otherwise, least, most);

  const entriesPerArea = number("entriesPerArea", 1, RACE_LIMITS.entriesPerArea, 256);
  const index = number("index", 0, entriesPerArea - 1, 0);
  const copies = number("copies", 0, RACE_LIMITS.copies, 1);
  return {
    fix: oneOf("fix", given.get("fix") ?? "before", ["before", "after"]),
    storeBytes: storeBytesOf(given.get("storeBytes") ?? 8),
    ioCopy: oneOf("ioCopy", given.get("ioCopy") ?? "words", ["atomic", "words"]),
    index,
    entriesPerArea,
    copies,
    pendingAfter: number("pendingAfter", 0, RACE_LIMITS.pendingAfter, 0),
    chunkSize: number("chunkSize", 1, 2 ** 32 - 1, 8),
    exceptions: exceptionsOf(given.get("exceptions"), copies, index, entriesPerArea),
    entry0: pair("entry0", given.get("entry0") ?? ["3", "2"]),
  };
}

function oneOf<T>(where: string, found: unknown, choices: readonly T[]): T {
  const choice = choices.find((one) => one === found);
  if (choice === undefined) {
    throw bad(where, choices.map((one) => JSON.stringify(one)).join(" or "), found);
  }
  return choice;
}

/** As a number, or in decimal as an address has it. */
function storeBytesOf(found: unknown): 4 | 8 {
  return oneOf("storeBytes", found === "4" ? 4 : found === "8" ? 8 : found, [4, 8]);
}

function whole(where: string, found: unknown, least: number, most: number): number {
  const number = typeof found === "string" && /^\d{1,10}$/.test(found) ? Number(found) : found;
  if (typeof number !== "number" || !Number.isInteger(number) || number < least || number > most) {
    throw bad(where, `a whole number from ${least} to ${most}`, found);
  }
  return number;
}

function exceptionsOf(found: unknown, copies: number, index: number, perArea: number): ChunkPair[] {
  if (found === undefined) return defaultExceptions(copies, index, perArea);
  if (!Array.isArray(found) || found.length !== copies) {
    throw bad("exceptions", `a list of ${copies}, one [old, new] for each copy`, found);
  }
  return found.map((one, copy) => pair(`exceptions[${copy}]`, one));
}

/** "7-2 8-3" as [["7", "2"], ["8", "3"]]: pairs as people and addresses write them, not judged yet. */
export function writtenPairs(text: string, between: string | RegExp): string[][] {
  return text === "" ? [] : text.split(between).map((pair) => pair.split("-"));
}

function pair(where: string, found: unknown): ChunkPair {
  if (!Array.isArray(found) || found.length !== 2) throw bad(where, "[old, new]", found);
  return [chunkNumber(where, found[0]), chunkNumber(where, found[1])];
}

function chunkNumber(where: string, found: unknown): bigint {
  const integral = typeof found === "number" && Number.isSafeInteger(found) && found >= 0;
  const decimal = typeof found === "string" && /^\d{1,20}$/.test(found);
  const value = integral || decimal ? BigInt(found) : typeof found === "bigint" ? found : -1n;
  if (value < 0n || value >= 2n ** 64n) {
    throw bad(where, "64-bit chunk numbers, as numbers or decimal strings", found);
  }
  return value;
}
