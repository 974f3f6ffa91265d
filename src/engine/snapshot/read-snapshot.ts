import type { SnapshotProgress, SnapshotReport } from "../../protocol/snapshot.ts";
import type { BlockSource, Range } from "../../source/block-source.ts";
import type { Extent, SnapshotMap } from "./snapshot-map.ts";
import { UnreadableChunks } from "./unreadable-chunks.ts";

/** Takes the snapshot's bytes in order. */
export interface SnapshotSink {
  /** @throws SinkError where they cannot be written. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void> | void;
}

/** The bytes could not be written: a full disk, no permission. Turned into a problem. */
export class SinkError extends Error {
  override readonly name = "SinkError";

  /** Runs what writes; whatever it throws is a SinkError. */
  static async guard<T>(writes: () => Promise<T>): Promise<T> {
    try {
      return await writes();
    } catch (error) {
      throw new SinkError(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Something that hashes with SHA-256: Node's own, or a library's where there is none. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** @returns the digest, lower-case hex. */
  digest(): string;
}

export interface SnapshotHooks {
  /** Called between batches; false cancels. */
  afterBatch(progress: SnapshotProgress): boolean;
}

/** Bytes in memory at a time. */
const BATCH_BYTES = 1 << 21;

/**
 * Reads the snapshot device as the kernel would, from start to end; what it answers with EIO goes
 * to the sink as zeros.
 * @returns null if cancelled. @throws SourceError
 */
export async function readSnapshot(
  map: SnapshotMap,
  cow: BlockSource,
  origin: BlockSource,
  sha256: Sha256,
  sink: SnapshotSink | null,
  hooks: SnapshotHooks,
): Promise<SnapshotReport | null> {
  const unreadable = new UnreadableChunks();
  for (const batch of batches(map.extents(BATCH_BYTES))) {
    const bytes = await readBatch(batch, cow, origin);
    sha256.update(bytes);
    await sink?.write(bytes);
    for (const { from, at, length } of batch) {
      if (from !== "error") continue;
      unreadable.add(
        Math.floor(at / map.chunkBytes),
        Math.floor((at + length - 1) / map.chunkBytes),
      );
    }
    const last = batch[batch.length - 1];
    const done = last ? last.at + last.length : 0;
    if (!hooks.afterBatch({ done, total: map.bytes })) return null;
  }
  return {
    schema: "cowscope.snapshot/1",
    bytes: String(map.bytes),
    chunkBytes: map.chunkBytes,
    sha256: sha256.digest(),
    unreadableChunks: unreadable.ranges,
    unreadableCount: String(unreadable.count),
  };
}

/** Groups extents until BATCH_BYTES are together. */
function* batches(extents: Generator<Extent>): Generator<Extent[]> {
  let batch: Extent[] = [];
  let length = 0;
  for (const extent of extents) {
    batch.push(extent);
    length += extent.length;
    if (length < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    length = 0;
  }
  if (batch.length > 0) yield batch;
}

/** One read from each device for the whole batch, put together in the snapshot's order. */
async function readBatch(
  batch: readonly Extent[],
  cow: BlockSource,
  origin: BlockSource,
): Promise<Uint8Array<ArrayBuffer>> {
  const start = batch[0]?.at ?? 0;
  const total = batch.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(total);
  for (const [from, source] of [
    ["origin", origin],
    ["cow", cow],
  ] as const) {
    const wanted = batch.filter((extent) => extent.from === from);
    if (wanted.length === 0) continue;
    const ranges: Range[] = wanted.map(({ offset, length }) => ({ offset, length }));
    const read = await source.read(ranges);
    let at = 0;
    for (const extent of wanted) {
      bytes.set(read.subarray(at, at + extent.length), extent.at - start);
      at += extent.length;
    }
  }
  return bytes;
}
