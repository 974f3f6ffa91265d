import { ENTRY_BYTES, getU64 } from "../disk.ts";
import type { Device } from "./device.ts";
import type { ExceptionTable } from "./exception-table.ts";

/** What persistent_usage() needs to know afterwards. */
export interface Usage {
  nextFree: bigint;
  /** The last area read. */
  currentArea: bigint;
  /** Exceptions read, in all areas. */
  exceptions: number;
}

/** persistent_ctr(): the header and the first area. */
const FIRST_FREE = 2n;

/**
 * read_exceptions(), insert_exceptions() and skip_metadata() of drivers/md/dm-snap-persistent.c.
 * @returns null for an I/O error
 */
export function readExceptions(
  device: Device,
  chunkSectors: bigint,
  table: ExceptionTable,
): Usage | null {
  const perArea = (chunkSectors << 9n) / BigInt(ENTRY_BYTES);
  let nextFree = FIRST_FREE;
  let exceptions = 0;
  for (let area = 0n; ; area++) {
    const bytes = device.read(1n + (perArea + 1n) * area, chunkSectors);
    if (bytes === null) return null;
    let full = true;
    for (let offset = 0; offset < bytes.length; offset += ENTRY_BYTES) {
      const entry = { old: getU64(bytes, offset), new: getU64(bytes, offset + 8) };
      if (entry.new === 0n) {
        full = false;
        break;
      }
      if (nextFree <= entry.new) nextFree = BigInt.asUintN(64, entry.new + 1n);
      table.insert(entry);
      exceptions++;
    }
    if (full) continue;
    if (nextFree % (perArea + 1n) === 1n) nextFree = BigInt.asUintN(64, nextFree + 1n);
    return { nextFree, currentArea: area, exceptions };
  }
}
