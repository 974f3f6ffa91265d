import { findStores } from "../src/container/find.ts";
import { clusterBitsFor } from "../src/container/qcow2/layout.ts";
import { PACKED, packedText } from "../src/container/qcow2/packed.ts";
import { headerBytes, writeQcow2 } from "../src/container/qcow2/write.ts";
import { WRAPPERS } from "../src/container/wrappers.ts";
import { type CheckedStore, checkToTheEnd } from "../src/engine/check/check.ts";
import { type Packing, packStore } from "../src/engine/pack/pack-store.ts";
import { usedClusters } from "../src/engine/pack/used-clusters.ts";
import { makeReport, reportLine } from "../src/explain/report/report.ts";
import { type CheckOptions, DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { StoreFacts } from "../src/protocol/facts.ts";
import type { BlockSource } from "../src/source/block-source.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import type { Sink } from "../src/source/sink/sink.ts";
import { loadCore } from "./check-bytes.ts";

const core = loadCore();

export const lineOf = (facts: StoreFacts): string => reportLine(makeReport("store", facts));

export async function check(
  source: BlockSource,
  options: Partial<CheckOptions> = {},
  keepRows = false,
): Promise<CheckedStore> {
  return checkToTheEnd(await core, source, { ...DEFAULT_OPTIONS, ...options }, keepRows);
}

/** @returns null where the report cannot be had without data. */
export async function pack(
  source: BlockSource,
  checked: CheckedStore,
  keepSlack = false,
): Promise<Packing | null> {
  const wanted = lineOf(checked.facts);
  return packStore(await core, source, checked, keepSlack, (facts) => lineOf(facts) === wanted);
}

/** Writes it as the command does. @returns the bytes of the file. */
export async function writeBundle(
  { view, pieces }: Packing,
  { facts }: CheckedStore,
  sink: Sink,
): Promise<number> {
  const packed = {
    name: "store",
    lvmChunkSectors: null,
    snapshotBytes: null,
    subject: null,
    merging: false,
    lacks: null,
  };
  const extension = { type: PACKED, data: new TextEncoder().encode(packedText(packed)) };
  const bits = clusterBitsFor(view.size, facts.chunkSize * 512, headerBytes(extension));
  const { clusters } = await usedClusters(view, pieces, 2 ** bits);
  return writeQcow2(view, bits, clusters, extension, sink);
}

export async function bundleBytes(packing: Packing, checked: CheckedStore): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const sink = { write: (bytes: Uint8Array) => void parts.push(bytes), finish() {}, abandon() {} };
  const length = await writeBundle(packing, checked, sink);
  const bytes = new Uint8Array(Buffer.concat(parts));
  if (bytes.length !== length) throw new Error("the writer counts otherwise than it writes");
  return bytes;
}

/** The store in a bundle, as commands find it: nothing but the bundle says that it is one. */
export async function storeIn(bundle: Uint8Array): Promise<BlockSource> {
  const named = { name: "bundle.qcow2", source: new BytesSource(bundle) };
  const looking = { wrappers: WRAPPERS, partial: false, isStore: async () => false };
  const { tree, sources } = await findStores([named], looking);
  const source = sources.get(tree.stores[0]?.node ?? -1);
  if (!source || tree.problems.length > 0) throw new Error(JSON.stringify(tree.problems));
  return source;
}
