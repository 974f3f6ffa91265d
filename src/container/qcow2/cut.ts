import { isRun } from "../../source/block-source.ts";
import type { ImageFile } from "../image-file.ts";
import { scanTables, type TablePlace } from "../tables/scan-tables.ts";
import { clusterEntry } from "./cluster-entry.ts";
import type { ClusterSources, DiskState } from "./clusters.ts";
import { l2TableAt } from "./clusters.ts";
import { CORRUPT, DIRTY, type Qcow2Header } from "./header.ts";

/** As much of the refcounts as is looked through. */
const MOST_REFCOUNT_BYTES = 4 << 20;
/** As much of the L2 tables: those of 512 GiB in clusters of 64 KiB. */
const MOST_L2_BYTES = 64 << 20;

/**
 * Where the disk's bytes stop being there because the file was cut off: the first byte of the disk
 * that lies behind the end of the file; null: none does, as far as was looked.
 *
 * A whole image shows it quickly: by its refcounts no cluster behind the end is in use. Only where
 * they leave it open are the L2 tables read.
 */
export async function firstByteBehindTheEnd(
  file: ImageFile,
  header: Qcow2Header,
  state: DiskState,
  sources: ClusterSources,
): Promise<number | null> {
  if (await isWhole(file, header, sources)) return null;
  return firstMissing(file, state, sources);
}

async function isWhole(file: ImageFile, header: Qcow2Header, of: ClusterSources): Promise<boolean> {
  const { incompatible, clusterBits, refcounts, size } = header;
  if (incompatible & (DIRTY | CORRUPT)) return false;
  if (of.format.externalData && (of.data?.size ?? 0) < size) return false;
  const clusterBytes = 2 ** clusterBits;
  // A packed cluster may end the file anywhere; so may a cut.
  if (file.size % clusterBytes !== 0) return false;
  const perBlock = (clusterBytes * 8) / 2 ** refcounts.order;
  const clusters = file.size / clusterBytes;
  const first = Math.floor(clusters / perBlock);
  const tableBytes = refcounts.clusters * clusterBytes;
  const length = Math.min(tableBytes - first * 8, MOST_REFCOUNT_BYTES);
  if (length <= 0) return true;
  const at = refcounts.table + first * 8;
  if (!isRun(at, length, file.size)) return false;
  const table = await file.read(at, length, "the refcount table");
  let looked = 0;
  for (let i = 0; i < length / 8; i++) {
    const block = Number(table.getBigUint64(i * 8) & ~511n);
    if (block === 0) continue;
    looked += clusterBytes;
    if (looked > MOST_REFCOUNT_BYTES || !isRun(block, clusterBytes, file.size)) return false;
    // The first block also counts clusters that are in the file.
    const skipBits = i === 0 ? (clusters - first * perBlock) * 2 ** refcounts.order : 0;
    const counts = await file.read(block, clusterBytes, "a refcount block");
    if (isAnyBitSet(counts, skipBits)) return false;
  }
  return true;
}

/** Refcounts narrower than a byte begin at its low end. */
function isAnyBitSet(view: DataView, fromBit: number): boolean {
  for (let at = Math.floor(fromBit / 8); at < view.byteLength; at++) {
    const skipped = Math.max(fromBit - at * 8, 0);
    if (view.getUint8(at) >> skipped) return true;
  }
  return false;
}

function firstMissing(file: ImageFile, state: DiskState, of: ClusterSources) {
  const clusterBytes = 2 ** of.format.clusterBits;
  const tables = l2Tables(state, clusterBytes);
  return scanTables(file.source, tables, clusterBytes, (table, index) =>
    table ? firstMissingIn(table, index, state, of) : startOf(index, of),
  );
}

/** Those at a cluster, in the order of the disk, as many as are looked through. */
function l2Tables(state: DiskState, clusterBytes: number): TablePlace[] {
  const found: TablePlace[] = [];
  for (let index = 0; index < state.l1.byteLength / 8; index++) {
    const offset = l2TableAt(state.l1, index);
    if (offset !== 0 && offset % clusterBytes === 0) found.push({ index, offset });
    if (found.length * clusterBytes >= MOST_L2_BYTES) break;
  }
  return found;
}

/** The first byte of the disk that an L1 entry covers. */
function startOf(index: number, { format }: ClusterSources): number {
  const clusterBytes = 2 ** format.clusterBits;
  return index * (clusterBytes / (format.extended ? 16 : 8)) * clusterBytes;
}

function firstMissingIn(
  table: DataView,
  index: number,
  state: DiskState,
  of: ClusterSources,
): number | null {
  const { format, file, data } = of;
  const clusterBytes = 2 ** format.clusterBits;
  const entryBytes = format.extended ? 16 : 8;
  const dataSize = data?.size ?? Number.MAX_SAFE_INTEGER;
  const start = startOf(index, of);
  for (let at = 0; at < table.byteLength; at += entryBytes) {
    const offset = start + (at / entryBytes) * clusterBytes;
    if (offset >= state.size) break;
    const entry = clusterEntry(table, at, format);
    if (entry.is === "data") {
      // Subclusters behind the last that was written need not be there.
      const subclusters = format.extended ? 32 - Math.clz32(table.getUint32(at + 12)) : 32;
      const needed = Math.min((subclusters * clusterBytes) / 32, state.size - offset);
      const there = Math.max(dataSize - entry.offset, 0);
      if (there < needed) return offset + there;
    } else if (entry.is === "packed") {
      // Of the last sector that packed bytes reach into, some may never have been written.
      if (entry.offset + entry.packed - 511 > file.size) return offset;
    }
  }
  return null;
}
