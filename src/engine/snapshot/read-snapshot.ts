import type { SnapshotReport } from "../../protocol/snapshot.ts";
import type { Sink } from "../../source/sink/sink.ts";
import { blaming } from "./named-image.ts";
import type { SnapshotHooks } from "./snapshot-hooks.ts";
import type { Extent, SnapshotMap } from "./snapshot-map.ts";
import type { NamedOrigin, SnapshotStore } from "./snapshot-store.ts";
import { UnreadableChunks } from "./unreadable-chunks.ts";

/** Something that hashes with SHA-256: Node's own, or a library's where there is none. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** @returns the digest, lower-case hex. */
  digest(): string;
}

/** Bytes in memory at a time. */
const BATCH_BYTES = 1 << 21;

/**
 * Reads the snapshot device as the kernel would, from start to end; what it answers with EIO goes
 * to the sink as zeros.
 * @returns null if cancelled. @throws Stopped, SinkError
 */
export async function readSnapshot(
  map: SnapshotMap,
  store: Pick<SnapshotStore, "name" | "cow">,
  origin: NamedOrigin,
  sha256: Sha256,
  sink: Sink | null,
  hooks: SnapshotHooks,
): Promise<SnapshotReport | null> {
  const unreadable = new UnreadableChunks();
  for (const batch of batches(map.extents(BATCH_BYTES))) {
    const bytes = await readBatch(batch, store, origin);
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
    if (!(await hooks.afterBatch({ done, total: map.bytes }))) return null;
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
  store: Pick<SnapshotStore, "name" | "cow">,
  origin: NamedOrigin,
): Promise<Uint8Array<ArrayBuffer>> {
  const start = batch[0]?.at ?? 0;
  const total = batch.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(total);
  for (const [from, name, source] of [
    ["origin", origin.name, origin.source],
    ["cow", store.name, store.cow],
  ] as const) {
    const wanted = batch.filter((extent) => extent.from === from);
    if (wanted.length === 0) continue;
    const ranges = wanted.map(({ offset, length }) => ({ offset, length }));
    const read = await blaming(name, () => source.read(ranges));
    let at = 0;
    for (const extent of wanted) {
      bytes.set(read.subarray(at, at + extent.length), extent.at - start);
      at += extent.length;
    }
  }
  return bytes;
}
