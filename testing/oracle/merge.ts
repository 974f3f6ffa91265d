import { ENTRY_BYTES, entriesPerArea, getU64, SECTOR } from "../disk.ts";
import { emptyTable, LINUX_6_1 } from "../oracle.ts";
import { Device } from "./device.ts";
import { readExceptions } from "./read-exceptions.ts";
import { readHeader, type TableLine } from "./read-header.ts";

const U64 = (value: bigint) => BigInt.asUintN(64, value);

/** What is there when merging has stopped. */
export interface OracleMerge {
  /** The line with which it failed, null if it came to the end. */
  failure: string | null;
  /** snapshot_status() */
  status: string;
  cow: Uint8Array;
  origin: Uint8Array;
}

/** An exception on the disk, and where. */
interface Entry {
  old: bigint;
  new: bigint;
  offset: number;
}

/**
 * snapshot_merge_next_chunks() and merge_callback() of drivers/md/dm-snap.c with
 * persistent_prepare_merge() and persistent_commit_merge() of dm-snap-persistent.c, Linux 6.1, over
 * copies of both devices. Slow and simple, and it shares nothing with wasm/. Only for a valid store
 * whose areas can be read.
 */
export function mergeByOracle(
  store: Uint8Array,
  before: Uint8Array,
  table: TableLine,
  { walk, mostBuckets } = LINUX_6_1,
): OracleMerge {
  const [cow, origin] = [store.slice(), before.slice()];
  const device = new Device(cow);
  const header = readHeader(device, table, []);
  if (header.kind !== "store") throw new RangeError("this store has no exceptions to merge");
  const { chunkSectors } = header;
  const memory = emptyTable(device, table, walk, mostBuckets);
  if (readExceptions(device, chunkSectors, memory) === null) throw new RangeError("EIO");
  const areas = entriesOnDisk(cow, Number(chunkSectors));
  for (const area of areas.reverse()) {
    while (area.length > 0) {
      const run = lastRun(area);
      const failure =
        copy(run, chunkSectors, cow, origin) ??
        commit(run, area, cow) ??
        firstFailure(run, (chunk) => memory.removeSingleChunk(chunk));
      if (failure !== null) return { failure, status: "Merge failed", cow, origin };
    }
  }
  // persistent_commit_merge(): next_free is behind the header and area 0 again
  const used = chunkSectors * 2n;
  return { failure: null, status: `${used}/${device.sectors} ${used}`, cow, origin };
}

/** persistent_prepare_merge(): consecutive chunks at the end of an area, the last one first. */
function lastRun(area: readonly Entry[]): Entry[] {
  const last = area.at(-1) as Entry;
  const run = [last];
  for (const entry of area.slice(0, -1).reverse()) {
    const steps = BigInt(run.length);
    if (entry.old !== U64(last.old - steps) || entry.new !== U64(last.new - steps)) break;
    run.push(entry);
  }
  return run;
}

/** dm_kcopyd_copy() of at most 512 KiB: everything is read before anything is written. */
function copy(
  run: readonly Entry[],
  chunkSectors: bigint,
  cow: Uint8Array,
  origin: Uint8Array,
): string | null {
  const first = run.at(-1) as Entry;
  const [from, to] = [U64(first.new * chunkSectors), U64(first.old * chunkSectors)];
  const size = BigInt(origin.length / SECTOR);
  const ioSize = BigInt(run.length) * chunkSectors;
  const left = U64(size - to);
  const count = ioSize < left ? ioSize : left;
  if (count === 0n) return null;
  const data = new Device(cow).readSectors(from, count);
  if (data === null) return "Read error: shutting down merge.";
  if (to + count > size) return "Write error: shutting down merge.";
  origin.set(data, Number(to) * SECTOR);
  return null;
}

/** persistent_commit_merge() */
function commit(run: readonly Entry[], area: Entry[], cow: Uint8Array): null {
  for (const { offset } of run) cow.fill(0, offset, offset + ENTRY_BYTES);
  area.length -= run.length;
  return null;
}

function firstFailure(
  run: readonly Entry[],
  remove: (chunk: bigint) => string | null,
): string | null {
  for (const { old } of run) {
    const failure = remove(old);
    if (failure !== null) return failure;
  }
  return null;
}

/** Up to the first new_chunk of 0, area by area. */
function entriesOnDisk(cow: Uint8Array, chunkSectors: number): Entry[][] {
  const perArea = entriesPerArea(chunkSectors);
  const chunkBytes = chunkSectors * SECTOR;
  const areas: Entry[][] = [];
  for (;;) {
    const start = (1 + (perArea + 1) * areas.length) * chunkBytes;
    const area: Entry[] = [];
    areas.push(area);
    for (let offset = start; offset < start + chunkBytes; offset += ENTRY_BYTES) {
      const entry = { old: getU64(cow, offset), new: getU64(cow, offset + 8), offset };
      if (entry.new === 0n) return areas;
      area.push(entry);
    }
  }
}
