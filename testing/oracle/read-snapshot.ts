import { emptyTable, LINUX_6_1 } from "../oracle.ts";
import { Device } from "./device.ts";
import { readExceptions } from "./read-exceptions.ts";
import { readHeader, type TableLine } from "./read-header.ts";

const SECTOR_SHIFT = 9n;

/** What reading the whole snapshot device gives, chunk by chunk. */
export interface OracleSnapshot {
  chunkBytes: number;
  /** Chunks that end in an I/O error are zeros. */
  bytes: Uint8Array;
  unreadable: number[];
}

/** snapshot_map() for a read of each chunk, for a store that activates. */
export function readSnapshot(
  cow: Uint8Array,
  origin: Uint8Array,
  table: TableLine,
  { walk, mostBuckets } = LINUX_6_1,
): OracleSnapshot {
  const device = new Device(cow);
  const header = readHeader(device, table, []);
  if (header.kind === "error") throw new RangeError("this store does not activate");
  const { chunkSectors } = header;
  const exceptions = emptyTable(device, table, walk, mostBuckets);
  const isInvalid = header.kind === "store" && header.valid === 0;
  // An invalid store's areas are never read: neither can they harm.
  if (header.kind === "store" && !isInvalid) readExceptions(device, chunkSectors, exceptions);

  const chunkBytes = Number(chunkSectors << SECTOR_SHIFT);
  const bytes = origin.slice();
  const unreadable: number[] = [];
  for (let chunk = 0; chunk * chunkBytes < origin.length; chunk++) {
    const target = bytes.subarray(chunk * chunkBytes, (chunk + 1) * chunkBytes);
    const copy = isInvalid ? null : exceptions.remap(BigInt(chunk));
    if (copy === null && !isInvalid) continue;
    // The last chunk may be a part of one: no more than that is read.
    const found = copy === null ? null : readPart(device, copy * chunkSectors, target.length);
    target.set(found ?? new Uint8Array(target.length));
    if (found === null) unreadable.push(chunk);
  }
  return { chunkBytes, bytes, unreadable };
}

/** bio_check_eod(): all or nothing. */
function readPart(device: Device, sector: bigint, length: number): Uint8Array | null {
  const first = BigInt.asUintN(64, sector);
  return device.readSectors(first, BigInt(length) >> SECTOR_SHIFT);
}
