import type { MachineTree } from "../protocol/machine.ts";
import { type BlockSource, SourceError } from "../source/block-source.ts";
import { Finder } from "./finder.ts";
import type { Looking, NamedSource } from "./looking.ts";
import { outerLayer } from "./outer-layer.ts";

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

/**
 * What is in one file, if it is more than a store or an origin by itself; null where it is not, or
 * where its start cannot be read: whoever reads it next says why.
 * @throws SourceError of kind "changed"
 */
export async function layersIn(file: NamedSource, looking: Looking): Promise<Machine | null> {
  try {
    if ((await outerLayer(file.source, looking.wrappers)) === "none") return null;
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
  const machine = await findStores([file], looking);
  const { nodes, problems } = machine.tree;
  return nodes.length > 1 || problems.some(({ refused }) => refused) ? machine : null;
}
