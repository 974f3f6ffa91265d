import { type ParseArgsConfig, parseArgs } from "node:util";
import { type CheckOptions, DEFAULT_OPTIONS } from "../protocol/check.ts";
import { findKernelAge, KERNEL_AGES } from "../protocol/kernel-ages.ts";
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
    options: {
      tableChunk: integer("--table-chunk", text("table-chunk"), 2 ** 32 - 1),
      originSectors: sectors(text("origin-sectors")),
      blockSize: blockSize(text("block-size")),
      kernel: kernelAge(text("kernel")),
    },
  };
}

interface Parsed {
  values: Partial<Record<string, string | boolean>>;
  positionals: string[];
}

function parse(args: string[], further: readonly string[]): Parsed {
  const withValue = ["table-chunk", "origin-sectors", "block-size", "kernel", ...further];
  try {
    const options: ParseArgsConfig["options"] = { json: { type: "boolean" } };
    for (const name of withValue) options[name] = { type: "string" };
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    return { values: values as Parsed["values"], positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function integer(option: string, text: string | undefined, most: number): number | null {
  if (text === undefined) return null;
  if (!/^\d+$/.test(text) || Number(text) > most) {
    throw new UsageError(`${option} takes a whole number from 0 to ${most}, not “${text}”`);
  }
  return Number(text);
}

function sectors(text: string | undefined): bigint | null {
  if (text === undefined) return null;
  if (!/^\d{1,19}$/.test(text)) {
    throw new UsageError(`--origin-sectors takes a number of sectors, not “${text}”`);
  }
  return BigInt(text);
}

function blockSize(text: string | undefined): number {
  const bytes = integer("--block-size", text, 65_536);
  if (bytes === null) return DEFAULT_OPTIONS.blockSize;
  if (bytes < 512 || (bytes & (bytes - 1)) !== 0) {
    throw new UsageError(`--block-size takes a power of 2 from 512 to 65536, not “${text}”`);
  }
  return bytes;
}

function kernelAge(text: string | undefined): string {
  if (text === undefined) return DEFAULT_OPTIONS.kernel;
  const age = findKernelAge(text);
  if (age) return age.id;
  const ids = KERNEL_AGES.map(({ id }) => id).join(", ");
  throw new UsageError(`--kernel takes a release or one of ${ids}, not “${text}”`);
}
