import { type ParseArgsConfig, parseArgs } from "node:util";
import type { CheckOptions } from "../protocol/check.ts";
import { OPTION_NAMES, type OptionName, parseOptions } from "../protocol/options.ts";
import { UsageError } from "./usage.ts";

export interface StoreArguments {
  positionals: string[];
  options: CheckOptions;
  json: boolean;
  /** The options that only this command has. */
  values: Partial<Record<string, string>>;
}

/** `check`: any number of images. @throws UsageError */
export function parseCheckArguments(args: string[]): StoreArguments {
  const parsed = parseStoreOptions(args, []);
  if (parsed.positionals.length === 0) throw new UsageError("name at least one image");
  return parsed;
}

/**
 * The options that `check` and `snapshot` share.
 * @param further names of options with a value that the command has besides. @throws UsageError
 */
export function parseStoreOptions(args: string[], further: readonly string[]): StoreArguments {
  const { values, positionals } = parse(args, further);
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    positionals,
    json: values.json === true,
    values: Object.fromEntries(further.map((name) => [name, text(name)])),
    options: checkOptions(text),
  };
}

interface Parsed {
  values: Partial<Record<string, string | boolean>>;
  positionals: string[];
}

function parse(args: string[], further: readonly string[]): Parsed {
  const withValue = [...Object.values(FLAGS), ...further];
  try {
    const options: ParseArgsConfig["options"] = { json: { type: "boolean" } };
    for (const name of withValue) options[name] = { type: "string" };
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    return { values: values as Parsed["values"], positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const FLAGS: Record<OptionName, string> = {
  tableChunk: "table-chunk",
  originSectors: "origin-sectors",
  blockSize: "block-size",
  kernel: "kernel",
};

/** What was given is judged where all options are, and named by its flag. @throws UsageError */
function checkOptions(text: (flag: string) => string | undefined): CheckOptions {
  const typed = Object.fromEntries(OPTION_NAMES.map((name) => [name, text(FLAGS[name])]));
  const parsed = parseOptions(typed);
  if (parsed.ok) return parsed.value;
  const { where, expected, found } = parsed.problem;
  const name = OPTION_NAMES.find((one) => one === where);
  throw new UsageError(`--${name ? FLAGS[name] : where} takes ${expected}, not “${found}”`);
}
