import { type CheckOptions, DEFAULT_OPTIONS } from "./check.ts";
import { findKernel } from "./find-kernel.ts";
import { KERNEL_AGES } from "./kernel-ages.ts";
import { failure, type Problem, type Result, success } from "./problem.ts";

/** The options of a check by their names in code; a problem's `where` is one of them. */
export const OPTION_NAMES = ["tableChunk", "originSectors", "blockSize", "kernel"] as const;
export type OptionName = (typeof OPTION_NAMES)[number];

/** Options as a person types them, in a form, on a command line or in an address; "": not given. */
export type TypedOptions = Partial<Record<OptionName, string>>;

/** set_chunk_size() of dm-exception-store.c reads it with kstrtouint(). */
const MOST_TABLE_CHUNK = 2n ** 32n - 1n;
/** A device's size in bytes has to fit 64 bits. */
const MOST_ORIGIN_SECTORS = 2n ** 55n - 1n;
const BLOCK_SIZES: readonly number[] = [512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];
/** More digits than any bound has: they are not worth converting. */
const MOST_DIGITS = 40;

/** The one place that judges options: page, command and addresses ask here, and say the same. */
export function parseOptions(typed: TypedOptions): Result<CheckOptions> {
  const tableChunk = whole("tableChunk", typed, MOST_TABLE_CHUNK);
  const originSectors = whole("originSectors", typed, MOST_ORIGIN_SECTORS);
  const blockSize = parseBlockSize(typed.blockSize);
  const kernel = parseKernel(typed.kernel);
  if (!tableChunk.ok) return tableChunk;
  if (!originSectors.ok) return originSectors;
  if (!blockSize.ok) return blockSize;
  if (!kernel.ok) return kernel;
  return success({
    tableChunk: tableChunk.value === null ? null : Number(tableChunk.value),
    originSectors: originSectors.value,
    blockSize: blockSize.value,
    kernel: kernel.value,
  });
}

/** What is wrong with one option as typed, for the field that it is typed in. */
export function optionProblem(name: OptionName, typed: string): Problem | null {
  const parsed = parseOptions({ [name]: typed });
  return parsed.ok ? null : parsed.problem;
}

/** The same judgement on options that were not typed: no number may reach the core cut short. */
export function judgeOptions(options: CheckOptions): Problem | null {
  const { tableChunk, originSectors, blockSize, kernel } = options;
  const parsed = parseOptions({
    tableChunk: tableChunk === null ? "" : String(tableChunk),
    originSectors: originSectors === null ? "" : String(originSectors),
    blockSize: String(blockSize),
  });
  if (!parsed.ok) return parsed.problem;
  return findKernel(kernel) === null ? bad("kernel", kernel) : null;
}

const WORDS: Record<OptionName, { what: string; expected: () => string }> = {
  tableChunk: {
    what: "chunk size in the table line",
    expected: () => `a whole number of sectors from 0 to ${MOST_TABLE_CHUNK}`,
  },
  originSectors: {
    what: "size of the origin",
    expected: () => `a whole number of sectors from 0 to ${MOST_ORIGIN_SECTORS}`,
  },
  blockSize: {
    what: "logical block size",
    expected: () => "a power of 2 from 512 to 65536, in bytes",
  },
  kernel: {
    what: "kernel",
    expected: () => `a release, or one of ${KERNEL_AGES.map(({ id }) => id).join(", ")}`,
  },
};

function bad(name: OptionName, found: string): Problem {
  const { what, expected } = WORDS[name];
  const shown = found.length > 60 ? `${found.slice(0, 60)}…` : found;
  return {
    code: "option.bad",
    message: `The ${what} cannot be “${shown}”`,
    where: name,
    expected: expected(),
    found: shown,
    todo: "Correct it, and check again",
  };
}

function whole(name: OptionName, typed: TypedOptions, most: bigint): Result<bigint | null> {
  const text = typed[name] ?? "";
  if (text === "") return success(null);
  const decimal = /^\d+$/.test(text) && text.length <= MOST_DIGITS;
  return decimal && BigInt(text) <= most ? success(BigInt(text)) : failure(bad(name, text));
}

function parseBlockSize(text = ""): Result<number> {
  if (text === "") return success(DEFAULT_OPTIONS.blockSize);
  const size = BLOCK_SIZES.find((one) => String(one) === text);
  return size === undefined ? failure(bad("blockSize", text)) : success(size);
}

/** A release as `uname -r` prints it, or an age's id: kept as typed, so that answers can name it. */
function parseKernel(text = ""): Result<string> {
  if (text === "") return success(DEFAULT_OPTIONS.kernel);
  return findKernel(text) === null ? failure(bad("kernel", text)) : success(text);
}
