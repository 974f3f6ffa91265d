import type { CheckOptions } from "../../protocol/check.ts";
import type { StoreFacts } from "../../protocol/facts.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { type Core, MOST_MEMORY, makeCore } from "../core.ts";
import { type CheckHooks, GO_ON } from "../read/check-hooks.ts";
import { StoreReader } from "../read/store-reader.ts";

export interface CheckedStore {
  facts: StoreFacts;
  /** Holds the kept rows, if they were asked for. */
  core: Core;
  /** Whether it does: a table of more than some 200 million exceptions does not fit. */
  rowsKept: boolean;
}

/**
 * Reads a store: header, areas until the table ends, and what is wrong with them.
 * @param keepRows keeps the table in the core's memory, 16 bytes an exception, to show single rows.
 * @param memory bytes that the core may take.
 * @returns null if `afterBatch` cancelled. @throws SourceError, TableTooLarge
 */
export async function checkStore(
  compiled: WebAssembly.Module,
  source: BlockSource,
  options: CheckOptions,
  keepRows: boolean,
  hooks: CheckHooks,
  memory = MOST_MEMORY,
): Promise<CheckedStore | null> {
  const make = (): Promise<Core> => makeCore(compiled, memory);
  let reader = new StoreReader(await make(), source, options, hooks);
  await reader.readHead();
  if (!(await reader.readTable(keepRows))) return null;
  if (reader.needsRows() && !keepRows) {
    // What the quick reading could not settle needs the rows in memory: read the table once more.
    reader = new StoreReader(await make(), source, options, hooks);
    await reader.readHead();
    if (!(await reader.readTable(true))) return null;
  }
  const { core } = reader;
  return { facts: await reader.finish(make), core, rowsKept: core.get_rows_kept() };
}

/** The same where nobody can cancel. @throws SourceError, TableTooLarge */
export async function checkToTheEnd(
  compiled: WebAssembly.Module,
  source: BlockSource,
  options: CheckOptions,
  keepRows: boolean,
): Promise<CheckedStore> {
  const checked = await checkStore(compiled, source, options, keepRows, GO_ON);
  if (!checked) throw new Error("a check that nobody cancelled was cancelled");
  return checked;
}
