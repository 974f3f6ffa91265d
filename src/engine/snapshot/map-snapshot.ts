import { makeReport } from "../../explain/report/report.ts";
import { failure, type Result, success } from "../../protocol/problem.ts";
import { cancelled, snapshotRefused } from "../problems.ts";
import { judgeOrigin } from "./judge-origin.ts";
import type { SnapshotHooks } from "./snapshot-hooks.ts";
import { SnapshotMap } from "./snapshot-map.ts";
import type { NamedOrigin, SnapshotStore } from "./snapshot-store.ts";

/**
 * Where the snapshot's chunks are read from, once it is certain that the store activates and that
 * the origin can be its own. The exceptions are loaded only if they are not at hand.
 * @throws Stopped, SourceError, TangledTable
 */
export async function mapSnapshot(
  compiled: WebAssembly.Module,
  store: SnapshotStore,
  origin: NamedOrigin,
  hooks: SnapshotHooks,
): Promise<Result<SnapshotMap>> {
  const { kernel, verdict } = makeReport(store.name, store.facts);
  if (!kernel.activates) return failure(snapshotRefused(store.name, verdict.title));
  const unfit = await judgeOrigin(store, origin);
  if (unfit) return failure(unfit);
  const has = BigInt(Math.floor(origin.source.size / 512));
  const sectors = store.facts.options.originSectors ?? has;
  if (store.map?.bytes === Number(sectors) * 512) return success(store.map);
  const map = await SnapshotMap.load(compiled, store, sectors, hooks);
  if (!map) return failure(cancelled(store.name));
  store.map = map;
  return success(map);
}
