import type { StoreFacts } from "../../protocol/facts.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { describe } from "../check/activation.ts";
import { type Core, makeCore } from "../core.ts";
import { readAreas } from "../read/read-areas.ts";
import { loadKeptRows } from "../snapshot/load-kept-rows.ts";

/** A checked store of which single chunks are looked up. */
export interface LookupStore {
  name: string;
  facts: StoreFacts;
  cow: BlockSource;
  /** The core of the check if it kept the rows: the areas are then not read once more. */
  rows: Core | null;
}

/** Whether a pass may go on; false cancels it. */
export type GoOn = () => boolean | Promise<boolean>;

/**
 * One pass over the table, from the rows that were kept or from the areas. Nothing of it is kept but
 * what `begin` asks the core for (look_for(), load_wanted()).
 * @returns the core that was fed; null if it was cancelled. @throws SourceError, TableTooLarge
 */
export async function passTable(
  compiled: WebAssembly.Module,
  { facts, cow, rows }: LookupStore,
  begin: (core: Core) => void,
  goOn: GoOn,
): Promise<Core | null> {
  const core = await makeCore(compiled);
  describe(core, facts.sectors, facts.options, facts.activation.tableChunk);
  core.set_store_chunk_size(facts.chunkSize);
  begin(core);
  const afterBatch = async (): Promise<boolean> => !core.get_gave_up() && (await goOn());
  const done = rows
    ? await loadKeptRows(core, rows, afterBatch)
    : !(await readAreas(core, cow, false, afterBatch)).cancelled;
  return done || core.get_gave_up() ? core : null;
}

/** An exception that was looked for. */
export interface Match {
  row: bigint;
  old: bigint;
  new: bigint;
}

/** @returns the first matches in table order, and how many there are in all. */
export function matchesOf(core: Core): { matches: Match[]; count: bigint } {
  const kept = core.matches_kept();
  const words = core.MATCH_BYTES.value / 8;
  const records = new BigUint64Array(core.memory.buffer, core.matches_pointer(), kept * words);
  const matches = Array.from({ length: kept }, (_, at) => ({
    row: records[at * words] ?? 0n,
    old: records[at * words + 1] ?? 0n,
    new: records[at * words + 2] ?? 0n,
  }));
  return { matches, count: core.get_matches() };
}
