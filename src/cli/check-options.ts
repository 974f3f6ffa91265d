import { parseArgs } from "node:util";
import { type CheckOptions, DEFAULT_OPTIONS } from "../protocol/check.ts";
import { UsageError } from "./usage.ts";

export interface CheckArguments {
  images: string[];
  options: CheckOptions;
  json: boolean;
}

/** @throws UsageError */
export function parseCheckArguments(args: string[]): CheckArguments {
  const { values, positionals } = parse(args);
  if (positionals.length === 0) throw new UsageError("name at least one image");
  return {
    images: positionals,
    json: values.json ?? false,
    options: {
      tableChunk: integer("--table-chunk", values["table-chunk"], 2 ** 32 - 1),
      originSectors: sectors(values["origin-sectors"]),
      blockSize: blockSize(values["block-size"]),
      kernel: kernelAge(values.kernel),
    },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        "table-chunk": { type: "string" },
        "origin-sectors": { type: "string" },
        "block-size": { type: "string" },
        kernel: { type: "string" },
        json: { type: "boolean" },
      },
    });
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
  if (text === undefined || text === "modern") return DEFAULT_OPTIONS.kernel;
  throw new UsageError(`--kernel knows only “modern”, not “${text}”`);
}
