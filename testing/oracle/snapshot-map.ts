import { emptyTable } from "../oracle.ts";
import { Device } from "./device.ts";
import type { Walk } from "./exception-table.ts";
import { readExceptions } from "./read-exceptions.ts";
import { readHeader } from "./read-header.ts";

/** Where one chunk of the snapshot is read from: a sector of the COW device, the origin, or EIO. */
export type Place = bigint | "origin" | "error";

export interface OracleMap {
  chunkSectors: bigint;
  place(chunk: bigint): Place;
}

export interface MapOptions {
  /** Sectors in the table line; 0: none given. */
  tableChunk: number;
  originSectors: bigint;
  /** How this kernel inserts. */
  walk: Walk;
}

const chunkShift = (sectors: bigint) => BigInt(sectors.toString(2).length - 1);

/**
 * snapshot_map() for reads, off the kernel's source: loads the exceptions into the kernel's own
 * buckets, then asks them chunk by chunk. Only for stores with a header that activates.
 * @throws KernelBug
 */
export function mapByOracle(bytes: Uint8Array, options: MapOptions): OracleMap {
  const device = new Device(bytes);
  const table = { chunkSectors: BigInt(options.tableChunk), blockSize: 512 };
  const header = readHeader(device, table, []);
  if (header.kind !== "store") throw new Error("a header that does not activate");
  const { chunkSectors } = header;
  const exceptions = emptyTable(device, table, options.walk);
  if (readExceptions(device, chunkSectors, exceptions) === null) throw new Error("EIO");

  const place = (chunk: bigint): Place => {
    const copy = exceptions.remap(chunk);
    if (copy === null) return "origin";
    // chunk_to_sector() in a 64-bit sector_t
    const sector = BigInt.asUintN(64, copy << chunkShift(chunkSectors));
    const left = options.originSectors - chunk * chunkSectors;
    const sectors = left < chunkSectors ? left : chunkSectors;
    return bioCheckEod(sector, sectors, device.sectors) ? sector : "error";
  };
  return { chunkSectors, place };
}

/** bio_check_eod(): whether a read of `sectors` from `sector` on stays on the device. */
function bioCheckEod(sector: bigint, sectors: bigint, deviceSectors: bigint): boolean {
  return !(sectors > deviceSectors || sector > deviceSectors - sectors);
}
