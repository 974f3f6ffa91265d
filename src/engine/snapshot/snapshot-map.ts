import type { StoreFacts } from "../../protocol/facts.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { describe } from "../check/activation.ts";
import { type Core, makeCore } from "../core.ts";
import { readAreas } from "../read/read-areas.ts";
import { loadKeptRows } from "./load-kept-rows.ts";
import type { SnapshotHooks } from "./snapshot-hooks.ts";
import { TangledTable } from "./tangled-table.ts";

/** A run of the snapshot device that is read from one place, in bytes. */
export interface Extent {
  from: "origin" | "cow" | "error";
  /** Where in the snapshot. */
  at: number;
  /** Where in the origin or the COW device; of no meaning for `error`. */
  offset: number;
  length: number;
}

/** What the exceptions are loaded from. */
interface LoadedFrom {
  facts: StoreFacts;
  cow: BlockSource;
  /** A core that kept the rows of this table. */
  rows: Core | null;
}

/** Chunks asked of the core in one call. */
export const CHUNKS_PER_CALL = 4096;

/**
 * Where every chunk of a snapshot is read from, as snapshot_map() in dm-snap.c decides it. Memory
 * is 20 bytes for each run of exceptions.
 */
export class SnapshotMap {
  readonly chunkBytes: number;
  /** Length of the snapshot, in bytes. */
  readonly bytes: number;

  private constructor(
    private readonly core: Core | null,
    private readonly facts: StoreFacts,
    private readonly sectors: bigint,
  ) {
    this.chunkBytes = facts.activation.chunkSize * 512;
    this.bytes = Number(sectors) * 512;
  }

  /**
   * Loads the exceptions as the kernel does. @param facts of a store that activates.
   * @param sectors the snapshot's length: the origin's.
   * @returns null if it was cancelled. @throws SourceError, TangledTable
   */
  static async load(
    compiled: WebAssembly.Module,
    { facts, cow, rows }: LoadedFrom,
    sectors: bigint,
    hooks: SnapshotHooks,
  ): Promise<SnapshotMap | null> {
    const { outcome, tableChunk, chunkSize } = facts.activation;
    if (outcome !== "read-areas") return new SnapshotMap(null, facts, sectors);
    const core = await makeCore(compiled);
    describe(core, facts.sectors, facts.options, tableChunk);
    core.set_store_chunk_size(chunkSize);
    core.load_table();
    const progress = { done: 0, total: Number(sectors) * 512 };
    const afterBatch = async () => !core.get_gave_up() && (await hooks.afterBatch(progress));
    const loaded =
      rows && facts.chunkSize === chunkSize
        ? await loadKeptRows(core, rows, afterBatch)
        : !(await readAreas(core, cow, false, afterBatch)).cancelled;
    if (core.get_gave_up()) throw new TangledTable();
    if (!loaded) return null;
    return new SnapshotMap(core, facts, sectors);
  }

  /** The whole device in order, in extents of at most `most` bytes (but at least one chunk's part). */
  *extents(most: number): Generator<Extent> {
    let last: Extent | null = null;
    for (const next of this.chunks()) {
      if (last && joins(last, next)) {
        last.length += next.length;
      } else {
        if (last) yield* split(last, most);
        last = { ...next };
      }
      if (last.length >= most) {
        yield* split(last, most);
        last = null;
      }
    }
    if (last) yield* split(last, most);
  }

  /** Where each of `count` chunks lies: at most CHUNKS_PER_CALL of them. */
  at(first: bigint, count: number): (bigint | "origin" | "error")[] {
    return [...this.answers(first, count)];
  }

  /** The same of a part, which lies on the device: joined where runs go on, and cut to it. */
  *within(offset: number, length: number): Generator<Extent> {
    const end = offset + length;
    let last: Extent | null = null;
    for (const chunk of this.chunks(offset - (offset % this.chunkBytes), end)) {
      const skip = Math.max(0, offset - chunk.at);
      const next = {
        from: chunk.from,
        at: chunk.at + skip,
        offset: chunk.offset + skip,
        length: Math.min(end, chunk.at + chunk.length) - chunk.at - skip,
      };
      if (last && joins(last, next)) {
        last.length += next.length;
      } else {
        if (last) yield last;
        last = next;
      }
    }
    if (last) yield last;
  }

  /** One extent for each chunk. @param from a multiple of the chunk. */
  private *chunks(from = 0, until = this.bytes): Generator<Extent> {
    for (let at = from; at < until; ) {
      const count = Math.min(CHUNKS_PER_CALL, Math.ceil((until - at) / this.chunkBytes));
      for (const answer of this.answers(BigInt(at / this.chunkBytes), count)) {
        const length = Math.min(this.chunkBytes, this.bytes - at);
        if (answer === "error") yield { from: "error", at, offset: 0, length };
        else if (answer === "origin") yield { from: "origin", at, offset: at, length };
        else yield { from: "cow", at, offset: Number(answer) * 512, length };
        at += length;
      }
    }
  }

  /** Where each of `count` chunks lies: a sector of the COW device, the origin, or nowhere. */
  private *answers(first: bigint, count: number): Generator<bigint | "origin" | "error"> {
    const { core } = this;
    if (!core) {
      // snapshot_map(): an invalid snapshot kills every read; a new one has no exceptions yet.
      const all = this.facts.activation.outcome === "invalid" ? "error" : "origin";
      for (let i = 0; i < count; i++) yield all;
      return;
    }
    for (const sector of this.mapped(core, first, count)) {
      if (sector === core.IO_ERROR.value) yield "error";
      else yield sector === core.FROM_ORIGIN.value ? "origin" : sector;
    }
  }

  private mapped(core: Core, first: bigint, count: number): BigUint64Array {
    const window = core.window_pointer();
    const shift = Math.log2(this.facts.activation.chunkSize);
    core.map_chunks(first, count, shift, this.sectors, window);
    return new BigUint64Array(core.memory.buffer, window, count).slice();
  }
}

function joins(last: Extent, next: Extent): boolean {
  if (last.from !== next.from || last.at + last.length !== next.at) return false;
  return next.from === "error" || last.offset + last.length === next.offset;
}

function* split(extent: Extent, most: number): Generator<Extent> {
  for (let done = 0; done < extent.length; done += most) {
    yield {
      from: extent.from,
      at: extent.at + done,
      offset: extent.offset + done,
      length: Math.min(most, extent.length - done),
    };
  }
}
