import type { BlockSource } from "../../source/block-source.ts";
import type { Sink } from "../../source/sink/sink.ts";
import { MAGIC } from "./header.ts";
import { ENTRY, type Layout, layoutOf, REFCOUNT } from "./layout.ts";

/** A header extension (docs/interop/qcow2.rst). */
export interface NewExtension {
  type: number;
  data: Uint8Array;
}

const HEADER_BYTES = 112;
/** QCOW_OFLAG_COPIED: the cluster's refcount is 1. */
const COPIED = 1n << 63n;
/** Bytes of the disk that are in memory at a time; a cluster at least. */
const STEP = 1 << 20;

export const headerBytes = ({ data }: NewExtension): number =>
  // The extension's own head, and the end mark's.
  HEADER_BYTES + 8 + Math.ceil(data.length / 8) * 8 + 8;

/**
 * Writes a qcow2 of version 3, front to back: header, refcounts, tables, clusters.
 * @param clusters of the disk that are in it, in order; all others read as zeros.
 * @returns the bytes of the file. @throws SourceError, SinkError
 */
export async function writeQcow2(
  disk: BlockSource,
  clusterBits: number,
  clusters: readonly number[],
  extension: NewExtension,
  sink: Sink,
): Promise<number> {
  const layout = layoutOf(disk.size, clusterBits, clusters);
  const bytes = 2 ** clusterBits;
  await sink.write(header(disk.size, layout, extension));
  const { refcountTable, refcountBlocks } = layout;
  const blockAt = (index: number) => BigInt((refcountBlocks.first + index) * bytes);
  await sink.write(table(refcountTable.count * bytes, refcountBlocks.count, blockAt));
  await writeRefcounts(layout, sink);
  await writeTables(layout, clusters, sink);
  const most = Math.max(1, STEP / bytes);
  for (let at = 0; at < clusters.length; at += most) {
    await sink.write(await readClusters(disk, bytes, clusters.slice(at, at + most)));
  }
  return layout.clusters * bytes;
}

function header(size: number, layout: Layout, { type, data }: NewExtension) {
  const { clusterBits, l1Entries, l1, refcountTable } = layout;
  const bytes = new Uint8Array(2 ** clusterBits);
  const view = new DataView(bytes.buffer);
  const place = (cluster: number) => BigInt(cluster * 2 ** clusterBits);
  view.setUint32(0, MAGIC);
  view.setUint32(4, 3);
  view.setUint32(20, clusterBits);
  view.setBigUint64(24, BigInt(size));
  view.setUint32(36, l1Entries);
  view.setBigUint64(40, place(l1.first));
  view.setBigUint64(48, place(refcountTable.first));
  view.setUint32(56, refcountTable.count);
  view.setUint32(96, Math.log2(REFCOUNT * 8));
  view.setUint32(100, HEADER_BYTES);
  view.setUint32(HEADER_BYTES, type);
  view.setUint32(HEADER_BYTES + 4, data.length);
  bytes.set(data, HEADER_BYTES + 8);
  return bytes;
}

/** `count` entries, and zeros up to `length` bytes. */
function table(length: number, count: number, entry: (index: number) => bigint) {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < count; index++) view.setBigUint64(index * ENTRY, entry(index));
  return bytes;
}

/** Every cluster of the file has one reference. */
async function writeRefcounts({ clusters, clusterBits, refcountBlocks }: Layout, sink: Sink) {
  const each = 2 ** clusterBits / REFCOUNT;
  for (let block = 0; block < refcountBlocks.count; block++) {
    const bytes = new Uint8Array(2 ** clusterBits);
    const count = Math.min(each, clusters - block * each);
    for (let index = 0; index < count; index++) bytes[index * REFCOUNT + 1] = 1;
    await sink.write(bytes);
  }
}

async function writeTables(layout: Layout, clusters: readonly number[], sink: Sink) {
  const { clusterBits, l1, l2, l1Entries, l2Entries, data } = layout;
  const bytes = 2 ** clusterBits;
  const at = (cluster: number) => BigInt(cluster * bytes) | COPIED;
  const tableOf = (cluster: number | undefined) => Math.floor((cluster ?? 0) / l2Entries);
  const tables = new Map<number, bigint>();
  for (const cluster of clusters) {
    const index = tableOf(cluster);
    if (!tables.has(index)) tables.set(index, at(l2.first + tables.size));
  }
  await sink.write(table(l1.count * bytes, l1Entries, (index) => tables.get(index) ?? 0n));
  for (let next = 0; next < clusters.length; ) {
    const index = tableOf(clusters[next]);
    const entries = new Uint8Array(bytes);
    const view = new DataView(entries.buffer);
    for (; next < clusters.length && tableOf(clusters[next]) === index; next++) {
      view.setBigUint64(((clusters[next] ?? 0) % l2Entries) * ENTRY, at(data.first + next));
    }
    await sink.write(entries);
  }
}

/** One after the other; behind the disk's end, zeros. */
async function readClusters(disk: BlockSource, bytes: number, clusters: readonly number[]) {
  const ranges = clusters.map((cluster) => ({
    offset: cluster * bytes,
    length: Math.min(bytes, disk.size - cluster * bytes),
  }));
  const read = await disk.read(ranges);
  if (read.length === clusters.length * bytes) return read;
  const whole = new Uint8Array(clusters.length * bytes);
  // Only the last cluster of a disk is short of one.
  whole.set(read);
  return whole;
}
