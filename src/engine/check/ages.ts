import type { CheckOptions } from "../../protocol/check.ts";
import type { Activation, AreasOutcome } from "../../protocol/facts.ts";
import { KERNEL_AGES, type KernelAge, kernelAge } from "../../protocol/kernel-ages.ts";
import type { BlockSource } from "../../source/block-source.ts";
import type { Core } from "../core.ts";
import { readAreas } from "../read/read-areas.ts";
import { areasOutcome, describe, readHeader } from "./activation.ts";

/** What read_exceptions() comes to by the store's own chunk size, whichever kernel reads it. */
export interface TableOutcome {
  ioError: boolean;
  /** Whether loading hits the BUG, by the direction in which a kernel inserts. */
  overflowsForwards: boolean;
  overflowsBackwards: boolean;
}

export interface AgeActivation {
  id: string;
  activation: Activation;
}

/**
 * The same header under every age; those that take its chunk size unvalidated also with the table
 * that LVM would give (`lvmChunk` in sectors; null where the table asked about has a size). Leaves
 * the core described as the asked kernel wants it.
 */
export function headersByAge(
  core: Core,
  sectors: bigint,
  options: CheckOptions,
  tableChunk: number,
  lvmChunk: number | null,
): AgeActivation[] {
  const under = (age: KernelAge, chunk: number): AgeActivation => {
    describe(core, sectors, options, chunk, age);
    return { id: age.id, activation: readHeader(core, chunk) };
  };
  const ages = KERNEL_AGES.flatMap((age) => {
    const asked = under(age, tableChunk);
    // Without a size in the table old kernels do not look at the header's; LVM always gives one.
    return age.validatesChunkSize || lvmChunk === null ? [asked] : [under(age, lvmChunk), asked];
  });
  describe(core, sectors, options, tableChunk);
  return ages;
}

/** Whether this age reads areas by another chunk size than the store's: only unvalidated ones. */
export function readsOtherwise(activation: Activation, chunkSize: number): boolean {
  return activation.outcome === "read-areas" && activation.chunkSize !== chunkSize;
}

/** read_exceptions() with a chunk size that the store was not made with. @throws SourceError */
export async function readByOtherSize(
  make: () => Promise<Core>,
  source: BlockSource,
  sectors: bigint,
  options: CheckOptions,
  age: KernelAge,
  activation: Activation,
): Promise<AreasOutcome> {
  const core = await make();
  describe(core, sectors, options, activation.tableChunk, age);
  core.set_store_chunk_size(activation.chunkSize);
  const { beyondDevice } = await readAreas(core, source, true, () => true);
  core.audit(!age.insertsForwards);
  return areasOutcome(core, beyondDevice, core.overflows(!age.insertsForwards), age);
}

/** Adds to each age what comes of its areas. @param otherwise of those that read by another size. */
export function withAreas(
  core: Core,
  ages: readonly AgeActivation[],
  table: TableOutcome,
  otherwise: ReadonlyMap<Activation, AreasOutcome>,
): AgeActivation[] {
  return ages.map(({ id, activation }) => {
    if (activation.outcome !== "read-areas") return { id, activation };
    const age = kernelAge(id);
    const overflows = age.insertsForwards ? table.overflowsForwards : table.overflowsBackwards;
    const areas = otherwise.get(activation) ?? areasOutcome(core, table.ioError, overflows, age);
    return { id, activation: { ...activation, areas } };
  });
}
