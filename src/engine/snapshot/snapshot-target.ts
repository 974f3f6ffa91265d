import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { makeReport } from "../../explain/report/report.ts";
import type { StoreFacts } from "../../protocol/facts.ts";
import { failure, type Result, success } from "../../protocol/problem.ts";
import type { ReadSnapshot, SnapshotTarget } from "../../protocol/store-service.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { cancelled, originTooShort, snapshotRefused } from "../problems.ts";
import { readSnapshot, SinkError, type SnapshotHooks, type SnapshotSink } from "./read-snapshot.ts";
import { SnapshotMap } from "./snapshot-map.ts";

interface Sink extends SnapshotSink {
  /** Ends the writing; @returns what came of it where that is a Blob. */
  finish(): Promise<Blob | null>;
  abandon(): Promise<void>;
}

/** A snapshot in a browser: hashed, and written where the user wants it. @throws SourceError */
export async function snapshotTo(
  compiled: WebAssembly.Module,
  store: { name: string; facts: StoreFacts; cow: BlockSource },
  { name, origin }: { name: string; origin: BlockSource },
  target: SnapshotTarget,
  hooks: SnapshotHooks,
): Promise<Result<ReadSnapshot>> {
  const { kernel, verdict } = makeReport(store.name, store.facts);
  if (!kernel.activates) return failure(snapshotRefused(store.name, verdict.title));
  const has = BigInt(Math.floor(origin.size / 512));
  const sectors = store.facts.options.originSectors ?? has;
  if (has < sectors) return failure(originTooShort(name, has, sectors));

  const map = await SnapshotMap.load(compiled, store.cow, store.facts, sectors);
  const sink = await openSink(target);
  const hash = sha256.create();
  const hasher = {
    update: (bytes: Uint8Array) => void hash.update(bytes),
    digest: () => bytesToHex(hash.digest()),
  };
  try {
    const report = await readSnapshot(map, store.cow, origin, hasher, sink, hooks);
    if (report) return success({ report, blob: (await sink?.finish()) ?? null });
  } catch (error) {
    await sink?.abandon();
    throw error;
  }
  await sink?.abandon();
  return failure(cancelled(name));
}

async function openSink(target: SnapshotTarget): Promise<Sink | null> {
  switch (target.kind) {
    case "none":
      return null;
    case "file": {
      const file = await SinkError.guard(() => target.file.createWritable());
      return {
        write: (bytes) => SinkError.guard(() => file.write(bytes)),
        finish: () => SinkError.guard(() => file.close().then(() => null)),
        // What cannot be written to cannot always be abandoned either; the first error is the one.
        abandon: () => file.abort().catch(() => {}),
      };
    }
    case "blob": {
      // Each piece becomes a Blob at once: the browser may keep those outside of this memory.
      const parts: Blob[] = [];
      return {
        write: (bytes) => void parts.push(new Blob([bytes])),
        finish: async () => new Blob(parts),
        abandon: async () => void parts.splice(0),
      };
    }
  }
}
