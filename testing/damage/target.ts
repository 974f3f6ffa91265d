import {
  areaChunk,
  chunkBytes,
  type Exception,
  entriesPerArea,
  entryBytes,
  entryOffset,
  SECTOR,
} from "../disk.ts";
import type { Rng } from "../random.ts";
import { type Op, toHex } from "../recipe.ts";
import type { BuiltStore } from "../store-builder.ts";

/** A store to be damaged, with the places worth aiming at. */
export interface Target {
  chunkSectors: number;
  chunkBytes: number;
  perArea: number;
  exceptions: readonly Exception[];
  /** Exceptions in the table. */
  count: number;
  /** Areas the kernel would read, the last one not full. */
  areas: number;
  sectors: number;
  /** Whole chunks on the device. */
  chunks: number;
  bytes: Uint8Array;
}

/** One way to damage a store. */
export interface Damage {
  /** Whether this store has what the damage is aimed at; without it: any store will do. */
  needs?: (target: Target) => boolean;
  recipe: (target: Target, rng: Rng) => Op[];
}

export type Damages = Record<string, Damage>;

export function aimAt({ spec, bytes }: BuiltStore): Target {
  const perArea = entriesPerArea(spec.chunkSectors);
  const count = spec.exceptions.length;
  const sectors = Math.floor(bytes.length / SECTOR);
  return {
    chunkSectors: spec.chunkSectors,
    chunkBytes: chunkBytes(spec.chunkSectors),
    perArea,
    exceptions: spec.exceptions,
    count,
    areas: Math.floor(count / perArea) + 1,
    sectors,
    chunks: Math.floor(sectors / spec.chunkSectors),
    bytes,
  };
}

export const atLeast = (count: number) => (target: Target) => target.count >= count;
export const severalAreas = (target: Target) => target.areas > 1;
export const lastAreaEmpty = (target: Target) =>
  target.count > 0 && target.count % target.perArea === 0;
/** At least two more entries fit behind the table's end. */
export const roomBehindEnd = (target: Target) =>
  target.count > 0 && target.count % target.perArea < target.perArea - 2;

export const anyIndex = (target: Target, rng: Rng) => rng.below(target.count);

export function entryAt(target: Target, index: number): Exception {
  const entry = target.exceptions[index];
  if (!entry) throw new RangeError(`no exception ${index}`);
  return entry;
}

export const write = (off: number, bytes: Uint8Array): Op => ({
  op: "write",
  off,
  hex: toHex(bytes),
});
export const zero = (off: number, len: number): Op => ({ op: "zero", off, len });
export const copy = (src: number, dst: number, len: number): Op => ({ op: "copy", src, dst, len });
export const noise = (rng: Rng, off: number, len: number): Op => ({
  op: "noise",
  off,
  len,
  pyseed: rng.below(2 ** 31),
});

export const setEntry = (target: Target, index: number, entry: Exception): Op =>
  write(entryOffset(index, target.chunkSectors), entryBytes(entry));

/** Exception `index` with some fields changed. */
export const changeEntry = (target: Target, index: number, fields: Partial<Exception>): Op =>
  setEntry(target, index, { ...entryAt(target, index), ...fields });

export const areaOffset = (target: Target, area: number) =>
  areaChunk(area, target.chunkSectors) * target.chunkBytes;
