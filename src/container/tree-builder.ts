import type { FoundProblem, MachineNode } from "../protocol/machine.ts";
import type { BlockSource } from "../source/block-source.ts";
import type { Layer } from "./layer.ts";
import type { ContainerProblem } from "./wrapper.ts";

/** What is known of a node when it is made. */
type New = Pick<MachineNode, "kind" | "name" | "step"> & Partial<MachineNode>;

/** Collects nodes, their bytes, and what is amiss. */
export class TreeBuilder {
  readonly nodes: MachineNode[] = [];
  readonly sources = new Map<number, BlockSource>();
  readonly problems: FoundProblem[] = [];
  /** Sources of which bytes may be missing; all others, and what lies in them, are whole. */
  readonly lacking = new Set<BlockSource>();

  /** @param source null: its bytes cannot be had. */
  add(parents: readonly MachineNode[], source: BlockSource | null, node: New): MachineNode {
    const added: MachineNode = {
      bytes: source?.size ?? null,
      type: null,
      holds: null,
      why: null,
      hidden: false,
      ...node,
      id: this.nodes.length,
      parents: parents.map(({ id }) => id),
    };
    this.nodes.push(added);
    if (source) this.sources.set(added.id, source);
    return added;
  }

  /** @param layers of its own; none for a wrapper, which has its file's. */
  under(parent: Layer, source: BlockSource, node: New, layers: readonly string[]): Layer {
    return {
      node: this.add([parent.node], source, node),
      source,
      layers: [...parent.layers, ...layers],
      path: [...parent.path, node.step],
    };
  }

  /** @param refused whether what lies there could not be looked into for it. */
  tell(problem: ContainerProblem, refused: boolean): void {
    this.problems.push({ ...problem, refused });
  }

  /** The same, of what every layer below would have again: once is enough. */
  tellOnce(problem: FoundProblem): void {
    if (!this.problems.some(({ code }) => code === problem.code)) this.problems.push(problem);
  }
}
