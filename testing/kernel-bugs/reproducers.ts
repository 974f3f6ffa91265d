import { type Exception, SECTOR } from "../disk.ts";
import { buildStore } from "../store-builder.ts";

/** A store that shows a bug of the kernel, byte by byte as a real kernel was given it. */
export interface Reproducer {
  name: string;
  cow: Uint8Array;
  origin: Uint8Array;
  /** In the table line, in sectors. */
  tableChunk: number;
}

const RUN_OF_256 = 255n << 56n;
const pair = (old: bigint, chunk: bigint): Exception => ({ old, new: chunk });

/** Chunks of one sector, each of which says where it lies. */
const COW_SECTORS = 127;
const ORIGIN_SECTORS = 300;

const encoder = new TextEncoder();

function named(tag: string, chunk: number): Uint8Array {
  const text = `${tag} c${String(chunk).padStart(6, "0")} `;
  return encoder.encode(text.repeat(Math.ceil(SECTOR / text.length)).slice(0, SECTOR));
}

function originOf(sectors: number): Uint8Array {
  const bytes = new Uint8Array(sectors * SECTOR);
  for (let chunk = 0; chunk < sectors; chunk++) bytes.set(named("ORIG", chunk), chunk * SECTOR);
  return bytes;
}

function small(name: string, exceptions: readonly Exception[]): Reproducer {
  const data = () => new Uint8Array(0);
  const cow = buildStore({ chunkSectors: 1, exceptions, cowSectors: COW_SECTORS, data });
  for (let chunk = 2; chunk < COW_SECTORS; chunk++) cow.set(named("DATA", chunk), chunk * SECTOR);
  return { name, cow, origin: originOf(ORIGIN_SECTORS), tableChunk: 1 };
}

/** A header of a real store's size, its areas and data left out. */
function large(name: string, exceptions: readonly Exception[], headerChunkSize = 8): Reproducer {
  const data = () => new Uint8Array(0);
  const spec = { chunkSectors: 8, exceptions, cowSectors: 512, data, headerChunkSize };
  return { name, cow: buildStore(spec), origin: originOf(1024), tableChunk: 8 };
}

export const REPRODUCERS: readonly Reproducer[] = [
  large("double-vfree", [], 2 ** 21),
  large("run-overflow", [pair(10n, 32n | RUN_OF_256), pair(9n, 31n)]),
  small("run-overflow-small", [pair(50n, 60n | RUN_OF_256), pair(49n, 59n)]),
  small("unsorted-duplicate", [pair(10n, 50n), pair(20n, 51n), pair(20n, 52n)]),
  small("unsorted-lives", [pair(50n, 60n | RUN_OF_256), pair(100n, 90n), pair(49n, 59n)]),
  small("unsorted-dies", [pair(50n, 70n), pair(50n, 60n | RUN_OF_256), pair(49n, 59n)]),
];

/** @throws where none is called so. */
export function reproducer(name: string): Reproducer {
  const found = REPRODUCERS.find((one) => one.name === name);
  if (!found) throw new Error(`no reproducer is called ${name}`);
  return found;
}
