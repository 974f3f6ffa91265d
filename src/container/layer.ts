import type { MachineNode } from "../protocol/machine.ts";
import type { BlockSource } from "../source/block-source.ts";

/** A node of the tree with its bytes, while it is looked into. */
export interface Layer {
  node: MachineNode;
  source: BlockSource;
  /** Names of what it lies in and its own, outermost first: a wrapper has none of its own. */
  layers: readonly string[];
  /** The same as steps of a store's path, wrappers included. */
  path: readonly string[];
}

/** For problems. */
export const placeOf = ({ path }: Pick<Layer, "path">): string => path.join(" → ");

/** What several layers are called together: where they differ, both stand there. */
export function joined(lists: readonly (readonly string[])[]): string[] {
  const [first = []] = lists;
  const same = lists.every((list) => list.length === first.length);
  const either = (names: readonly string[]) => [...new Set(names)].join(" + ");
  if (!same) return [either(lists.map((list) => list.join(":")))];
  return first.map((_, index) => either(lists.map((list) => list[index] ?? "")));
}
