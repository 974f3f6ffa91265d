import { createHash } from "node:crypto";
import { checkToTheEnd } from "../src/engine/check/check.ts";
import { readSnapshot } from "../src/engine/snapshot/read-snapshot.ts";
import { SnapshotMap } from "../src/engine/snapshot/snapshot-map.ts";
import { makeReport } from "../src/explain/report/report.ts";
import { type CheckOptions, DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { SnapshotReport } from "../src/protocol/snapshot.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { loadCore } from "./check-bytes.ts";

const core = loadCore();
const hooks = { afterBatch: () => true };

/** Where the engine reads a snapshot of `originSectors` from. @returns null if the store does not activate. */
export async function mapSnapshot(
  store: Uint8Array,
  originSectors: bigint,
  options: Partial<CheckOptions> = {},
): Promise<SnapshotMap | null> {
  const source = new BytesSource(store);
  const asked = { ...DEFAULT_OPTIONS, ...options, originSectors };
  const { facts } = await checkToTheEnd(await core, source, asked, false);
  if (!makeReport("bytes", facts).kernel.activates) return null;
  const from = { facts, cow: source, rows: null };
  return SnapshotMap.load(await core, from, originSectors, hooks);
}

/** Reads the snapshot as the command does. @returns null if the store does not activate. */
export async function snapshotOf(
  store: Uint8Array,
  origin: Uint8Array,
  options: Partial<CheckOptions> = {},
): Promise<SnapshotReport | null> {
  const map = await mapSnapshot(store, BigInt(Math.floor(origin.length / 512)), options);
  if (!map) return null;
  const hash = createHash("sha256");
  const sha256 = {
    update: (bytes: Uint8Array) => void hash.update(bytes),
    digest: () => hash.digest("hex"),
  };
  const from = { name: "store", cow: new BytesSource(store) };
  const beside = { name: "origin", source: new BytesSource(origin) };
  const report = await readSnapshot(map, from, beside, sha256, null, hooks);
  if (!report) throw new Error("a reading that nobody cancelled was cancelled");
  return report;
}
