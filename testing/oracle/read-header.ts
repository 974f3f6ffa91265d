import { getU32, HEADER, SNAP_MAGIC } from "../disk.ts";
import { chunkSizeError } from "./chunk-size.ts";
import type { Device } from "./device.ts";
import type { Errno } from "./errno.ts";

/** DM_CHUNK_SIZE_DEFAULT_SECTORS */
const DEFAULT_CHUNK = 32n;

export interface TableLine {
  /** Sectors in the table line; 0: none given. */
  chunkSectors: bigint;
  /** bdev_logical_block_size() of both devices. */
  blockSize: number;
}

export type HeaderOutcome =
  | { kind: "error"; errno: Errno }
  | { kind: "new"; chunkSectors: bigint }
  | { kind: "store"; chunkSectors: bigint; valid: number; version: number };

const PREFIX = "device-mapper: persistent snapshot:";

/** read_header() of drivers/md/dm-snap-persistent.c, Linux 6.1. */
export function readHeader(device: Device, table: TableLine, dmesg: string[]): HeaderOutcome {
  const supplied = table.chunkSectors !== 0n;
  const block = BigInt(table.blockSize >> 9);
  const fallback = block > DEFAULT_CHUNK ? block : DEFAULT_CHUNK;
  const chunkSectors = supplied ? table.chunkSectors : fallback;

  const chunk = device.read(0n, chunkSectors);
  if (chunk === null) return { kind: "error", errno: "EIO" };
  const magic = getU32(chunk, HEADER.magic);
  if (magic === 0) return { kind: "new", chunkSectors };
  if (magic !== SNAP_MAGIC) {
    dmesg.push(`${PREFIX} Invalid or corrupt snapshot`);
    return { kind: "error", errno: "ENXIO" };
  }
  const onDisk = BigInt(getU32(chunk, HEADER.chunkSize));
  const store = {
    kind: "store",
    chunkSectors: onDisk,
    valid: getU32(chunk, HEADER.valid),
    version: getU32(chunk, HEADER.version),
  } as const;
  if (onDisk === chunkSectors) return store;

  if (supplied) {
    dmesg.push(
      `${PREFIX} chunk size ${onDisk} in device metadata overrides table chunk size of ${chunkSectors}.`,
    );
  }
  const error = chunkSizeError(onDisk, table.blockSize);
  if (error === null) return store;
  dmesg.push(`${PREFIX} invalid on-disk chunk size ${onDisk}: ${error}.`);
  return { kind: "error", errno: "EINVAL" };
}
