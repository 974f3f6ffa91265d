import { randomStore } from "../testing/allocation.ts";
import { type DamagedStore, damage, damagesFor, randomDamage } from "../testing/damage.ts";
import { getU32, HEADER, SECTOR, SNAP_MAGIC } from "../testing/disk.ts";
import { type Rng, seededRng } from "../testing/random.ts";
import { labelledSectors } from "./content.ts";
import { SHAPES } from "./shapes.ts";
import type { Base } from "./stores.ts";

/** One question to the kernel: this store, this origin, this table line. */
export interface Case {
  number: number;
  base: Base;
  damage: DamagedStore;
  /** The length in the table line. */
  originSectors: number;
  tableChunk: number;
  blockSize: number;
}

/** What is settled about a case before the kernel has made its stores. */
export interface Plan {
  number: number;
  rng: Rng;
  /** The kernel-made store it starts from; null: one from the store builder. */
  shape: string | null;
}

/** Case `number` depends on nothing but the seed and its number: it can be replayed alone. */
export function planCase(seed: number, number: number): Plan {
  const rng = seededRng(seed ^ Math.imul(number, 0x9e3779b1));
  const shape = rng.chance(0.6) ? rng.pick(Object.keys(SHAPES)) : null;
  return { number, rng, shape };
}

export function buildCase(plan: Plan, kernelMade: ReadonlyMap<string, Base>): Case {
  const { rng, shape, number } = plan;
  const base = (shape === null ? undefined : kernelMade.get(shape)) ?? builtBase(rng);
  for (;;) {
    const damaged = rng.chance(0.6) ? randomDamage(base.store, rng) : entryDamage(base, rng);
    const tableChunk = anyTableChunk(rng, base.store.spec.chunkSectors);
    if (!isFitForTheLab(damaged.bytes)) continue;
    const originSectors = anyOriginSectors(rng, base.origin);
    const sizes = [originSectors, damaged.bytes.length / SECTOR, base.origin.length / SECTOR];
    // Disks with 4 KiB blocks have no part of a block at their end.
    const canHave4k = sizes.every((sectors) => sectors % 8 === 0);
    const blockSize = canHave4k && rng.chance(0.2) ? 4096 : 512;
    return { number, base, damage: damaged, originSectors, tableChunk, blockSize };
  }
}

/** Damage that leaves a snapshot to be read, from a table that says strange things. */
const ABOUT_ENTRIES = /^(dup_|topbyte|new|old|append|shuffle|area_noise|bitflip_area|combo)/;

function entryDamage({ store }: Base, rng: Rng): DamagedStore {
  const names = damagesFor(store).filter((name) => ABOUT_ENTRIES.test(name));
  return damage(rng.pick(names), store, rng);
}

/** Large stores cost time, and show nothing that several areas of a small chunk size do not. */
const LARGEST_BUILT_BYTES = 2 ** 20;

function builtBase(rng: Rng): Base {
  const store = randomStore(rng);
  if (store.bytes.length > LARGEST_BUILT_BYTES) return builtBase(rng);
  const { chunkSectors, exceptions } = store.spec;
  const chunks = 2 * exceptions.length + 20;
  const sectors = chunks * chunkSectors + (rng.chance(0.3) ? rng.below(chunkSectors) : 0);
  return { name: `built-c${chunkSectors}`, store, origin: labelledSectors("O-built", sectors) };
}

/** Mostly the right one, often a wrong one, sometimes none, seldom one that no kernel would take. */
function anyTableChunk(rng: Rng, right: number): number {
  // No more than 2048: the kernel zeroes a larger area in several writes, and which of them reach a
  // device that ends within it depends on how its memory happens to lie.
  const wrong = [1, 2, 4, 8, 16, 32, 64, 128, 512, 2048];
  const impossible = [3, 12, 100];
  return rng.pick([
    ...[right, right, right, right, right, right],
    ...[0, 0, rng.pick(wrong), rng.pick(wrong), rng.pick(wrong)],
    rng.pick([rng.pick(wrong), rng.pick(impossible)]),
  ]);
}

/** The whole origin, or a table line that leaves some of it out. */
function anyOriginSectors(rng: Rng, origin: Uint8Array): number {
  const whole = origin.length / SECTOR;
  return rng.chance(0.85) ? whole : rng.between(Math.ceil(whole / 2), whole);
}

/** From here on a chunk size is legal, but the buffers for it need more memory than the guest has. */
const TOO_LARGE_CHUNK = 2 ** 20;
const LARGEST_LEGAL_CHUNK = 2 ** 22 - 1;

/** Of an empty image cowscope says that the copy failed; a giant chunk size tells of the guest's memory only. */
function isFitForTheLab(cow: Uint8Array): boolean {
  if (cow.length === 0) return false;
  if (cow.length < HEADER.length || getU32(cow, HEADER.magic) !== SNAP_MAGIC) return true;
  const claimed = getU32(cow, HEADER.chunkSize);
  return claimed < TOO_LARGE_CHUNK || claimed > LARGEST_LEGAL_CHUNK;
}
