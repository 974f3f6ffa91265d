import type { KernelOutcome } from "../src/protocol/report.ts";
import { chunkSizeError } from "./oracle/chunk-size.ts";
import { Device } from "./oracle/device.ts";
import { ERRNO_TEXT, type Errno } from "./oracle/errno.ts";
import {
  bucketCount,
  ExceptionTable,
  KernelBug,
  runOverflowBug,
  type Walk,
} from "./oracle/exception-table.ts";
import { readExceptions, type Usage } from "./oracle/read-exceptions.ts";
import { readHeader, type TableLine } from "./oracle/read-header.ts";

/** In what a kernel since 5.2 can differ from 6.1, as its sources say. */
export interface OracleKernel {
  walk: Walk;
  /** Of the BUG_ON in dm-exception-store.h. */
  bugLine: number;
  mostBuckets: bigint;
  /** Whether dm_table_add_target() prints the errno. */
  tableErrno: boolean;
}

export const LINUX_6_1: OracleKernel = {
  walk: "forwards",
  bugLine: 156,
  mostBuckets: 262_144n,
  tableErrno: true,
};

/** 7.x, and 6.18, 6.12 and 6.6 since 8581b19eb2c5 came to them. */
export const LINUX_NEWEST: OracleKernel = {
  walk: "headless",
  bugLine: 157,
  mostBuckets: 131_072n,
  tableErrno: true,
};

export interface OracleOptions {
  tableChunk: number;
  blockSize?: number;
  originSectors?: number;
  /** Linux 6.1 unless another one is given. */
  kernel?: OracleKernel | undefined;
}

/**
 * What Linux 6.1, or another one, does on `dmsetup create` with a snapshot target over `bytes`: snapshot_ctr(),
 * persistent_read_metadata() and snapshot_status(), read off the kernel's source line by line. Slow
 * and simple, and it shares nothing with wasm/ but the shape of its answer.
 */
export function askOracle(bytes: Uint8Array, options: OracleOptions): KernelOutcome {
  const table = { chunkSectors: BigInt(options.tableChunk), blockSize: options.blockSize ?? 512 };
  const kernel = options.kernel ?? LINUX_6_1;
  const outcome: KernelOutcome = {
    activates: true,
    crash: null,
    errno: null,
    dmesg: [],
    dmsetup: null,
    status: null,
    writes: [],
  };
  try {
    activate(new Device(bytes), table, outcome, kernel);
  } catch (error) {
    if (!(error instanceof KernelBug)) throw error;
    return { ...outcome, activates: false, crash: runOverflowBug(kernel.bugLine), status: null };
  }
  return queueLimits(bytes, options, outcome);
}

/**
 * dm_calculate_queue_limits(), after the constructor: device_area_is_invalid() wants whole blocks.
 * Its own lines name devices and are no part of the contract.
 */
function queueLimits(
  bytes: Uint8Array,
  options: OracleOptions,
  outcome: KernelOutcome,
): KernelOutcome {
  const blockSectors = (options.blockSize ?? 512) / 512;
  const sectors = Math.floor(bytes.length / 512);
  const aligned = sectors % blockSectors === 0 && (options.originSectors ?? 0) % blockSectors === 0;
  if (!outcome.activates || aligned) return outcome;
  return {
    ...outcome,
    activates: false,
    errno: "EINVAL",
    dmsetup: ERRNO_TEXT.EINVAL,
    status: null,
  };
}

/** snapshot_ctr() from dm_exception_store_create() on. */
function activate(
  device: Device,
  table: TableLine,
  outcome: KernelOutcome,
  kernel: OracleKernel,
): void {
  if (table.chunkSectors !== 0n && chunkSizeError(table.chunkSectors, table.blockSize) !== null) {
    fail(outcome, "Couldn't create exception store", "EINVAL", kernel);
    return;
  }
  const errno = readMetadata(device, table, outcome, kernel);
  if (errno !== null) fail(outcome, "Failed to read snapshot metadata", errno, kernel);
}

/** persistent_read_metadata(), and what snapshot_status() prints afterwards. */
function readMetadata(
  device: Device,
  table: TableLine,
  outcome: KernelOutcome,
  kernel: OracleKernel,
): Errno | null {
  const header = readHeader(device, table, outcome.dmesg);
  if (header.kind === "error") return header.errno;
  if (header.kind === "new") return createStore(device, header.chunkSectors, outcome);
  if (header.version !== 1) {
    // The kernel keeps the version in an int and prints it with %d.
    outcome.dmesg.push(
      `device-mapper: persistent snapshot: unable to handle snapshot disk version ${header.version | 0}`,
    );
    return "EINVAL";
  }
  if (header.valid === 0) {
    outcome.dmesg.push("device-mapper: snapshots: Snapshot is marked invalid.");
    outcome.status = "Invalid";
    return null;
  }
  const exceptions = emptyTable(device, table, kernel.walk, kernel.mostBuckets);
  const usage = readExceptions(device, header.chunkSectors, exceptions);
  if (usage === null) return "EIO";
  outcome.status = status(device, header.chunkSectors, usage);
  return null;
}

/** init_hash_tables(): it ran before the header was read, with the table line's chunk_shift, 0 if it gave none. */
export function emptyTable(
  device: Device,
  { chunkSectors }: TableLine,
  walk?: Walk,
  mostBuckets?: bigint,
) {
  const shift = chunkSectors === 0n ? 0n : BigInt(chunkSectors.toString(2).length - 1);
  return new ExceptionTable(bucketCount(device.sectors, shift, mostBuckets), walk);
}

/**
 * do_region() in dm-io.c sends a chunk in bios of at least BIO_MAX_VECS (256) pages, more where they
 * lie together; each is refused or written by itself, so part of a chunk that does not fit can
 * still be overwritten, and how much cannot be known.
 */
const BIO_SECTORS = 256n * 8n;

/** Magic 0: write_header(), then zero_disk_area(0). */
function createStore(device: Device, chunk: bigint, outcome: KernelOutcome): Errno | null {
  const wrote = (what: string, sector: bigint, sectors: bigint) => {
    if (sectors > 0n) outcome.writes.push({ sector: `${sector}`, sectors: `${sectors}`, what });
  };
  wrote("header", 0n, chunk);
  if (!device.holds(1n, chunk)) {
    const left = device.sectors - chunk;
    if (chunk > BIO_SECTORS && left >= BIO_SECTORS) wrote("area, in part", chunk, left);
    outcome.dmesg.push("device-mapper: persistent snapshot: zero_disk_area(0) failed");
    return "EIO";
  }
  wrote("area", chunk, chunk);
  outcome.status = status(device, chunk, { nextFree: 2n, currentArea: 0n, exceptions: 0 });
  return null;
}

/** persistent_usage(), printed by snapshot_status(); the product wraps at 64 bits as sector_t does. */
function status(device: Device, chunk: bigint, usage: Usage): string {
  const allocated = BigInt.asUintN(64, usage.nextFree * chunk);
  const metadata = (usage.currentArea + 2n) * chunk;
  return `${allocated}/${device.sectors} ${metadata}`;
}

/** dm_table_add_target() prints the target's error with its number, ctl_ioctl() hands the number out. */
function fail(
  outcome: KernelOutcome,
  message: string,
  errno: Errno,
  { tableErrno }: OracleKernel,
): void {
  outcome.dmesg.push(
    `device-mapper: table: MAJ:MIN: snapshot: ${message}${tableErrno ? ` (-${errno})` : ""}`,
    "device-mapper: ioctl: error adding target to table",
  );
  Object.assign(outcome, {
    activates: false,
    errno,
    dmsetup: ERRNO_TEXT[errno],
    status: null,
  });
}
