import type { PackedStore } from "../protocol/machine.ts";
import { type BlockSource, SourceError } from "../source/block-source.ts";
import { findProblem } from "./find-problems.ts";
import { type Layer, placeOf } from "./layer.ts";
import { type Looking, MOST_DEPTH, MOST_LAYERS, type NamedSource } from "./looking.ts";
import { type Ends, readEnds, wrapperOf } from "./probe.ts";
import type { TreeBuilder } from "./tree-builder.ts";
import type { Peers } from "./wrapper.ts";

/** A layer that no format lies around any more, and what it begins and ends with. */
export interface OpenedLayer {
  layer: Layer;
  ends: Ends;
  /** A bundle says so of itself; absent otherwise. */
  packed?: PackedStore;
}

/** Opens the formats around disks; bounds how much is looked into. */
export class Opening {
  /** Files that others are made of. */
  readonly parts = new Set<BlockSource>();
  private looked = 0;

  constructor(
    private readonly tree: TreeBuilder,
    private readonly files: readonly NamedSource[],
    private readonly looking: Looking,
  ) {}

  /** @returns null if it cannot be opened or read, which is told. */
  async open(outer: Layer): Promise<OpenedLayer | null> {
    for (let layer = outer; ; ) {
      const where = placeOf(layer);
      if (layer.path.length > MOST_DEPTH) {
        this.tree.tellOnce(findProblem.tooDeep(where));
        return null;
      }
      if (++this.looked > MOST_LAYERS) {
        this.tree.tellOnce(findProblem.tooMany(where));
        return null;
      }
      const { source } = layer;
      const ends = await this.attempt(layer, () => readEnds(source));
      if (!ends) return null;
      const wrapper = wrapperOf(ends, source.size, this.looking.wrappers);
      if (!wrapper) return { layer, ends };
      const { kind } = wrapper;
      layer.node.holds = kind;
      const opened = await this.attempt(layer, () =>
        wrapper.open(source, where, this.peersOf(source)),
      );
      if (!opened?.ok) {
        if (opened) this.tree.tell(opened.problem, true);
        return null;
      }
      const { source: inner, problems, packed } = opened.value;
      for (const problem of problems) this.tree.tell(problem, false);
      // What is not whole was refused, unless asked for.
      if (this.looking.partial) this.tree.lacking.add(inner);
      layer = this.tree.under(layer, inner, { kind: "wrapper", name: kind, step: kind }, []);
      // What lies in it is known, however damaged it is.
      if (packed) return { layer, ends, packed };
    }
  }

  /** What a file asks for is a part of it, also where another part is missing and it is refused. */
  private peersOf(source: BlockSource): Peers {
    const find = async (name: string): Promise<BlockSource | null> => {
      const peer = this.fileCalled(name);
      if (peer && peer !== source) this.parts.add(peer);
      return peer ?? (await this.looking.beside?.(name)) ?? null;
    };
    const { partial, pause } = this.looking;
    return { find, partial, ...(pause && { pause }) };
  }

  /** What can be read of a layer; null where it cannot, which is told unless it is a known hole. */
  async attempt<T>(layer: Layer, step: () => Promise<T>): Promise<T | null> {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof SourceError) || error.kind === "changed") throw error;
      if (error.kind === "unreadable") {
        this.tree.tell(findProblem.unreadable(placeOf(layer), error), true);
      }
      return null;
    }
  }

  private fileCalled(name: string): BlockSource | null {
    const last = (path: string) => path.split(/[\\/]/).at(-1) ?? path;
    return this.files.find((file) => last(file.name) === last(name))?.source ?? null;
  }
}
