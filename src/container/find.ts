import type { MachineTree } from "../protocol/machine.ts";
import type { BlockSource } from "../source/block-source.ts";
import { Finder } from "./finder.ts";
import { holds } from "./holds.ts";
import type { Looking, NamedSource } from "./looking.ts";
import { mentionsTable } from "./partitions/partition-table.ts";
import { GLANCE_BYTES, readEnds, wrapperOf } from "./probe.ts";
import type { Wrapper } from "./wrapper.ts";

/** The tree, and the bytes behind its nodes. */
export interface Machine {
  tree: MachineTree;
  /** By a node's id; none where its bytes cannot be had. */
  sources: ReadonlyMap<number, BlockSource>;
}

/**
 * Every COW store in the disk images of one machine: files, the formats around them, partitions,
 * volume groups over all of them, volumes, and what lies in those again. Reads the start and the
 * end of each layer, and tables. @throws SourceError of kind "changed"
 */
export async function findStores(
  files: readonly NamedSource[],
  looking: Looking,
): Promise<Machine> {
  const { tree, inventory } = await new Finder(files, looking).find();
  const { nodes, problems, sources } = tree;
  const images = files.map(({ name, source }) => ({ name, bytes: source.size }));
  return { sources, tree: { images, nodes, problems, ...inventory.named() } };
}

/** Whether there may be more in it than a bare store or origin. @throws SourceError */
export async function mayHoldLayers(
  source: BlockSource,
  wrappers: readonly Wrapper[],
): Promise<boolean> {
  const ends = await readEnds(source, GLANCE_BYTES);
  return (
    mentionsTable(ends.head, ends.tail) ||
    holds(ends.head) === "LVM2" ||
    wrapperOf(ends, source.size, wrappers) !== null
  );
}
