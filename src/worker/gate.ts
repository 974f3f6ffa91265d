import { cancelled } from "../engine/problems.ts";
import { Stopped } from "../engine/snapshot/named-image.ts";
import type { BlockSource, Range, ReadCounters } from "../source/block-source.ts";
import { Breath } from "./breath.ts";

/**
 * What is passed on the way to every byte: messages of the page come in, and the reading ends where
 * nobody waits for its answer any more.
 */
export class Gate {
  private readonly breath = new Breath();

  /** @param name of what is read @param going whether somebody waits for the present answer */
  constructor(
    private readonly name: string,
    private going: () => boolean,
  ) {}

  /** The next question: the last one has ended. */
  open(going: () => boolean): void {
    this.going = going;
  }

  /** @throws Stopped with the problem `cancelled` */
  async pass(): Promise<void> {
    await this.breath.take();
    if (!this.going()) throw new Stopped(cancelled(this.name));
  }
}

/** A source behind a gate. */
export class GatedSource implements BlockSource {
  readonly size: number;
  readonly path?: string;
  readonly children: readonly BlockSource[];

  constructor(
    private readonly inner: BlockSource,
    private readonly gate: Gate,
  ) {
    this.size = inner.size;
    if (inner.path !== undefined) this.path = inner.path;
    this.children = [inner];
  }

  get counters(): ReadCounters {
    return this.inner.counters;
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    await this.gate.pass();
    return this.inner.read(ranges);
  }

  assertUnchanged(): void {
    this.inner.assertUnchanged?.();
  }
}
