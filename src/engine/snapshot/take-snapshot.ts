import { makeReport } from "../../explain/report/report.ts";
import { failure, type Result, success } from "../../protocol/problem.ts";
import type { SnapshotReport } from "../../protocol/snapshot.ts";
import type { BlockSource } from "../../source/block-source.ts";
import type { Sink } from "../../source/sink/sink.ts";
import { cancelled, problemOf, snapshotRefused } from "../problems.ts";
import { judgeOrigin } from "./judge-origin.ts";
import { blaming, Stopped } from "./named-image.ts";
import { readSnapshot, type Sha256 } from "./read-snapshot.ts";
import type { SnapshotHooks } from "./snapshot-hooks.ts";
import { SnapshotMap } from "./snapshot-map.ts";
import type { NamedOrigin, SnapshotStore } from "./snapshot-store.ts";

/**
 * Reads the snapshot that a store makes of an origin, for page and command: judged first, then
 * hashed from start to end and written to a sink, which is finished only if all went well.
 * @param openSink null: it is only hashed.
 */
export async function takeSnapshot(
  compiled: WebAssembly.Module,
  store: SnapshotStore,
  origin: NamedOrigin,
  openSink: (() => Promise<Sink> | Sink) | null,
  sha256: Sha256,
  hooks: SnapshotHooks,
): Promise<Result<SnapshotReport>> {
  let sink: Sink | null = null;
  try {
    const { kernel, verdict } = makeReport(store.name, store.facts);
    if (!kernel.activates) return failure(snapshotRefused(store.name, verdict.title));
    const unfit = await judgeOrigin(store, origin);
    if (unfit) return failure(unfit);
    const map = await mapOf(compiled, store, origin.source, hooks);
    if (!map) return failure(cancelled(store.name));
    sink = (await openSink?.()) ?? null;
    const report = await readSnapshot(map, store, origin, sha256, sink, hooks);
    if (report) {
      await blaming(store.name, () => store.cow.assertUnchanged?.());
      await blaming(origin.name, () => origin.source.assertUnchanged?.());
      await sink?.finish();
      return success(report);
    }
    await sink?.abandon();
    return failure(cancelled(store.name));
  } catch (error) {
    await sink?.abandon();
    return failure(error instanceof Stopped ? error.problem : problemOf(error, store.name));
  }
}

/** The exceptions, loaded only if they are not at hand. @returns null if it was cancelled. */
async function mapOf(
  compiled: WebAssembly.Module,
  store: SnapshotStore,
  origin: BlockSource,
  hooks: SnapshotHooks,
): Promise<SnapshotMap | null> {
  const sectors = store.facts.options.originSectors ?? BigInt(Math.floor(origin.size / 512));
  if (store.map?.bytes === Number(sectors) * 512) return store.map;
  const map = await SnapshotMap.load(compiled, store, sectors, hooks);
  if (map) store.map = map;
  return map;
}
