import type { CheckOptions } from "../../protocol/check.ts";
import type { Activation, AreasOutcome } from "../../protocol/facts.ts";
import { kernelAge } from "../../protocol/find-kernel.ts";
import type { Insertion, KernelAge } from "../../protocol/kernel-age.ts";
import { KERNEL_AGES } from "../../protocol/kernel-ages.ts";
import type { BlockSource } from "../../source/block-source.ts";
import type { Core } from "../core.ts";
import { readAreas } from "../read/read-areas.ts";
import { readUnbuffered } from "../read/read-unbuffered.ts";
import { areasOutcome, describe, readHeader } from "./activation.ts";

/** What read_exceptions() comes to by the store's own chunk size, whichever kernel reads it. */
export interface TableOutcome {
  ioError: boolean;
  /** Whether loading hits the BUG, by how a kernel inserts. */
  overflows: ReadonlyMap<Insertion, boolean>;
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
    const looks = age.headerChunkSize === "checked" || lvmChunk === null;
    return looks ? [asked] : [under(age, lvmChunk), asked];
  });
  describe(core, sectors, options, tableChunk);
  return ages;
}

/** How an age reads the areas. */
export interface Reading {
  /** In sectors. */
  chunkSize: number;
  /** The distance and length of reads, where that is not the chunk size (2.6.11); in sectors. */
  stride: number;
}

/** By what this age reads areas; null where it is the store's own chunk size, or none are read. */
export function readsOtherwise(
  { id, activation: { outcome, chunkSize } }: AgeActivation,
  storeChunk: number,
  headerChunk: number,
): Reading | null {
  if (outcome !== "read-areas") return null;
  const stride = kernelAge(id).headerChunkSize === "unbuffered" ? headerChunk : chunkSize;
  return chunkSize === storeChunk && stride === chunkSize ? null : { chunkSize, stride };
}

/** Whether the described table makes each way of inserting hit its BUG; the rows must be kept. */
export function overflowsByInsertion(
  core: Core,
  sectors: bigint,
  options: CheckOptions,
  tableChunk: number,
): Map<Insertion, boolean> {
  const overflows = new Map<Insertion, boolean>();
  for (const age of KERNEL_AGES) {
    if (overflows.has(age.insertion)) continue;
    describe(core, sectors, options, tableChunk, age);
    overflows.set(age.insertion, core.overflows());
  }
  describe(core, sectors, options, tableChunk);
  return overflows;
}

/** read_exceptions() with a chunk size that the store was not made with. @throws SourceError */
export async function readByOtherSize(
  make: () => Promise<Core>,
  source: BlockSource,
  sectors: bigint,
  options: CheckOptions,
  { chunkSize, stride }: Reading,
): Promise<{ core: Core; table: TableOutcome }> {
  const core = await make();
  describe(core, sectors, options, 0);
  core.set_store_chunk_size(chunkSize);
  if (stride !== chunkSize) {
    const { beyondDevice } = await readUnbuffered(core, source, stride);
    return { core, table: { ioError: beyondDevice, overflows: new Map() } };
  }
  const { beyondDevice } = await readAreas(core, source, true, () => true);
  const overflows = overflowsByInsertion(core, sectors, options, 0);
  return { core, table: { ioError: beyondDevice, overflows } };
}

/** What comes of the areas under one age. */
export function areasUnder(core: Core, table: TableOutcome, age: KernelAge): AreasOutcome {
  return areasOutcome(core, table.ioError, table.overflows.get(age.insertion) ?? false, age);
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
    const areas = otherwise.get(activation) ?? areasUnder(core, table, kernelAge(id));
    return { id, activation: { ...activation, areas } };
  });
}
