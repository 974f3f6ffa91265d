import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { lookUp } from "../../../src/engine/lookup/look-up.ts";
import { SnapshotMap } from "../../../src/engine/snapshot/snapshot-map.ts";
import { makeReport } from "../../../src/explain/report/report.ts";
import { DEFAULT_OPTIONS } from "../../../src/protocol/check.ts";
import type { Walk } from "../../oracle/exception-table.ts";
import { mapByOracle } from "../../oracle/snapshot-map.ts";
import type { Rng } from "../../random.ts";
import { hostileStore } from "../hostile-store.ts";
import { bounded, checked, core, isTyped } from "../stores.ts";
import type { FuzzTarget } from "../target.ts";

const KERNELS: readonly [kernel: string, walk: Walk][] = [
  ["7.2.13", "headless"],
  ["6.1.192", "forwards"],
  ["4.9.115", "backwards"],
];
const ORIGIN_SECTORS = 20_001n;
/** Chunks that are held against the oracle, one by one. */
const COMPARED = 256;

/** Where every chunk is read from: as the kernel's own lists have it, and as a lookup says. */
export const snapshotMap: FuzzTarget = { name: "snapshot-map", run };

async function run(rng: Rng): Promise<string> {
  const bytes = hostileStore(rng);
  const [kernel, walk] = rng.pick(KERNELS);
  const source = bounded(bytes, rng);
  const options = { ...DEFAULT_OPTIONS, kernel, originSectors: ORIGIN_SECTORS };
  const { facts, core: rows } = await checked(source, options);
  if (!makeReport("bytes", facts).kernel.activates) return "not activated";
  const loaded = { facts, cow: source, rows: rng.chance(0.5) ? rows : null };
  let map: SnapshotMap | null;
  try {
    map = await SnapshotMap.load(core, loaded, ORIGIN_SECTORS, { afterBatch: () => true });
  } catch (error) {
    if (isTyped(error)) return error.name;
    throw error;
  }
  ok(map);
  let at = 0;
  for (const extent of map.extents(1 << 20)) {
    strictEqual(extent.at, at);
    ok(extent.length > 0);
    at += extent.length;
    if (extent.from === "cow") ok(extent.offset + extent.length <= source.size);
  }
  strictEqual(at, map.bytes);
  source.assertWellRead();
  if (facts.activation.outcome !== "read-areas") return facts.activation.outcome;
  await compare(rng, bytes, map, facts.activation.tableChunk, walk, loaded, rows);
  return "mapped";
}

async function compare(
  rng: Rng,
  bytes: Uint8Array,
  map: SnapshotMap,
  tableChunk: number,
  walk: Walk,
  { facts, cow }: Pick<Parameters<typeof SnapshotMap.load>[1], "facts" | "cow">,
  rows: Parameters<typeof SnapshotMap.load>[1]["rows"],
): Promise<void> {
  const chunks = Math.ceil(map.bytes / map.chunkBytes);
  const first = rng.chance(0.7) ? 0 : rng.below(chunks);
  const count = Math.min(COMPARED, chunks - first);
  const oracle = mapByOracle(bytes, { tableChunk, originSectors: ORIGIN_SECTORS, walk });
  const places = Array.from({ length: count }, (_, i) => oracle.place(BigInt(first + i)));
  deepStrictEqual(map.at(BigInt(first), count), places);
  const i = rng.below(count);
  const place = { device: "origin", unit: "chunk", number: BigInt(first + i) } as const;
  const told = await lookUp(core, { name: "bytes", facts, cow, rows }, place, () => true);
  const reads = told?.reads;
  // Where the table is read by another chunk size than the kernel takes, nothing is said.
  if (!reads) return;
  const sector = reads.from === "cow" ? BigInt(reads.offset) / 512n : reads.from;
  deepStrictEqual(sector, places[i]);
}
