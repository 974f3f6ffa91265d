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

/** null where one of them cannot be read; the form's own checks say which. */
export function readOptions(typed: TypedOptions, before: CheckOptions): CheckOptions | null {
  const whole = /^\d*$/;
  if (![typed.tableChunk, typed.originSectors, typed.blockSize].every((text) => whole.test(text))) {
    return null;
  }
  return {
    ...before,
    tableChunk: typed.tableChunk === "" ? null : Number(typed.tableChunk),
    originSectors: typed.originSectors === "" ? null : BigInt(typed.originSectors),
    blockSize: Number(typed.blockSize),
  };
}
