import { assemble, isOneRun } from "./assemble.ts";
import { type BlockSource, type Range, type ReadCounters, SourceError } from "./block-source.ts";
import { DecodedCache } from "./decoded-cache.ts";
import type { Extent, Mapping } from "./mapping.ts";
import { type ChildRead, planRead, type ReadPlan } from "./read-plan.ts";

/** Unpacked bytes kept for one layer. */
const DECODED_BYTES = 16 << 20;

/**
 * A source made of a mapping. A read asks each child once, for all it needs of it. Layers nest to
 * any depth; one that can be read at once, and whose children can, can be read at once itself.
 */
export class MappedSource implements BlockSource {
  readonly size: number;
  readonly path: string;
  readonly children: readonly BlockSource[];
  readonly readNow?: (ranges: readonly Range[], target: Uint8Array) => void;
  private readonly decoded = new DecodedCache(DECODED_BYTES);
  private readonly bottoms: readonly BlockSource[];
  private lastPlanned: Promise<unknown> = Promise.resolve();

  /** @throws SourceError if the size is none. */
  constructor(private readonly mapping: Mapping) {
    const { size, children, path, load, loadNow } = mapping;
    this.size = size;
    this.children = children;
    this.path = pathOver(children, path);
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new SourceError("unreadable", 0, `its size cannot be ${size} bytes`, this.path);
    }
    this.bottoms = bottomsOf(children);
    if (children.every((child) => child.readNow) && (!load || loadNow)) {
      this.readNow = (ranges, target) => this.fill(ranges, target);
    }
  }

  get counters(): ReadCounters {
    const sum = { bytes: 0, calls: 0 };
    for (const { counters } of this.bottoms) {
      sum.bytes += counters.bytes;
      sum.calls += counters.calls;
    }
    return sum;
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    const plan = this.mapping.load
      ? await this.loadAnd(ranges, () => this.plan(ranges))
      : this.plan(ranges);
    const parts = await Promise.all(plan.reads.map((read) => this.readChild(read)));
    const [only] = parts;
    if (only && isOneRun(plan)) return only;
    const bytes = new Uint8Array(plan.length);
    assemble(plan, parts, bytes, this.path, this.decoded);
    return bytes;
  }

  /** Where a range inside `size` comes from: `child` counts in `children`. @throws SourceError */
  locate(range: Range): Promise<Extent[]> {
    return this.loadAnd([range], () => this.mapping.extents(range.offset, range.length));
  }

  assertUnchanged(): void {
    for (const bottom of this.bottoms) bottom.assertUnchanged?.();
  }

  private fill(ranges: readonly Range[], target: Uint8Array): void {
    this.guardNow(() => this.mapping.loadNow?.(ranges));
    const plan = this.plan(ranges);
    const [only] = plan.reads;
    if (only && isOneRun(plan)) {
      this.readChildNow(only, target);
      return;
    }
    const parts = plan.reads.map((read) => {
      const bytes = new Uint8Array(read.length);
      this.readChildNow(read, bytes);
      return bytes;
    });
    target.fill(0, 0, plan.length);
    assemble(plan, parts, target, this.path, this.decoded);
  }

  private plan(ranges: readonly Range[]): ReadPlan {
    return planRead(this.mapping, this.path, ranges, this.decoded);
  }

  /** One after the other: what a load has fetched is still there when the extents are asked for. */
  private loadAnd<T>(ranges: readonly Range[], then: () => T): Promise<T> {
    const planned = this.lastPlanned.then(async () => {
      await this.guard(async () => this.mapping.load?.(ranges));
      return then();
    });
    this.lastPlanned = planned.catch(() => {});
    return planned;
  }

  private readChild({ child, ranges }: ChildRead): Promise<Uint8Array<ArrayBuffer>> {
    return this.guard(async () => this.childAt(child).read(ranges));
  }

  private readChildNow({ child, ranges }: ChildRead, target: Uint8Array): void {
    this.guardNow(() => this.childAt(child).readNow?.(ranges, target));
  }

  private childAt(child: number): BlockSource {
    const source = this.children[child];
    if (!source) throw new RangeError(`there is no child ${child}`);
    return source;
  }

  /** An error from below goes on as it is, with this layer added to those it was met through. */
  private async guard<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      throw this.met(error);
    }
  }

  private guardNow(step: () => void): void {
    try {
      step();
    } catch (error) {
      throw this.met(error);
    }
  }

  private met(error: unknown): unknown {
    return error instanceof SourceError ? error.metThrough(this.mapping.path) : error;
  }
}

/** "qcow2 → partition 2", and both where a layer lies over two. */
function pathOver(children: readonly BlockSource[], path: string): string {
  const below = new Set(children.flatMap((child) => child.path ?? []));
  return below.size === 0 ? path : `${[...below].join(" + ")} → ${path}`;
}

/** The sources at the very bottom, each once, however many layers lead to it. */
function bottomsOf(children: readonly BlockSource[]): readonly BlockSource[] {
  const bottoms = children.flatMap((child) => (child.children ? bottomsOf(child.children) : child));
  return [...new Set(bottoms)];
}
