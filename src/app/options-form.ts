import type { CheckOptions } from "../protocol/check.ts";

/** The options as typed; empty fields mean "not given". */
export interface TypedOptions {
  tableChunk: string;
  originSectors: string;
  blockSize: string;
}

export const typedOptions = (options: CheckOptions): TypedOptions => ({
  tableChunk: options.tableChunk === null ? "" : String(options.tableChunk),
  originSectors: options.originSectors === null ? "" : String(options.originSectors),
  blockSize: String(options.blockSize),
});

export const MOST_CHUNK_SECTORS = 2n ** 32n - 1n;
/** A device's size in bytes has to fit 64 bits. */
export const MOST_ORIGIN_SECTORS = 2n ** 55n - 1n;

/** What is wrong with a whole number as typed; "" if nothing is, as for one that is left out. */
export function complaint(typed: string, most: bigint): string {
  if (typed === "") return "";
  if (!/^\d+$/.test(typed)) return "A whole number, in decimal";
  return BigInt(typed) > most ? `At most ${most}` : "";
}

/** The options of a form that has no complaint. */
export function readOptions(typed: TypedOptions, before: CheckOptions): CheckOptions {
  return {
    ...before,
    tableChunk: typed.tableChunk === "" ? null : Number(typed.tableChunk),
    originSectors: typed.originSectors === "" ? null : BigInt(typed.originSectors),
    blockSize: Number(typed.blockSize),
  };
}
