import { type CheckedStore, checkStore } from "../engine/check/check.ts";
import type { CheckOptions } from "../protocol/check.ts";
import type { BlockSource } from "../source/block-source.ts";

/** A command is ended by its signal: nobody cancels a step of it. */
export const GO_ON = { afterBatch: () => true };

/** `checkStore` that nobody cancels. @throws SourceError, TableTooLarge */
export async function checkToEnd(
  compiled: WebAssembly.Module,
  source: BlockSource,
  options: CheckOptions,
  keepRows: boolean,
): Promise<CheckedStore> {
  const checked = await checkStore(compiled, source, options, keepRows, GO_ON);
  if (!checked) throw new Error("a check that nobody cancelled was cancelled");
  return checked;
}
