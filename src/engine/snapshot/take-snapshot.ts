import { failure, type Result, success } from "../../protocol/problem.ts";
import type { SnapshotReport } from "../../protocol/snapshot.ts";
import type { Sink } from "../../source/sink/sink.ts";
import { cancelled, problemOf } from "../problems.ts";
import { mapSnapshot } from "./map-snapshot.ts";
import { blaming, Stopped } from "./named-image.ts";
import { readSnapshot, type Sha256 } from "./read-snapshot.ts";
import type { SnapshotHooks } from "./snapshot-hooks.ts";
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
    const mapped = await mapSnapshot(compiled, store, origin, hooks);
    if (!mapped.ok) return mapped;
    const map = mapped.value;
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
