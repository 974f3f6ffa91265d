import { readFile } from "node:fs/promises";
import { type Exception, entryOffset, getU64 } from "../testing/disk.ts";
import { seededRng } from "../testing/random.ts";
import type { BuiltStore } from "../testing/store-builder.ts";
import { labelledSectors } from "./content.ts";
import type { StoreMaking } from "./job.ts";
import type { Lab } from "./lab.ts";
import { SHAPES } from "./shapes.ts";
import { LabError } from "./shell.ts";

/** A healthy store and the origin that belongs to it. */
export interface Base {
  name: string;
  store: BuiltStore;
  origin: Uint8Array;
}

/** Lets the kernel make the stores of these names; the same seed makes the same bytes. */
export async function kernelStores(
  lab: Lab,
  names: readonly string[],
  seed: number,
): Promise<Map<string, Base>> {
  if (names.length === 0) return new Map();
  const made = await lab.make(names.map((name) => making(name, seed)));
  const bases = new Map<string, Base>();
  for (const [name, { cow, origin }] of made) {
    const bytes = new Uint8Array(await readFile(cow));
    const chunkSectors = shapeOf(name).chunkSectors;
    const spec = { chunkSectors, exceptions: exceptionsIn(bytes, chunkSectors) };
    const store = { spec, bytes };
    bases.set(name, { name, store, origin: new Uint8Array(await readFile(origin)) });
  }
  return bases;
}

function shapeOf(name: string) {
  const shape = SHAPES[name];
  if (shape === undefined) throw new LabError(`no store is called ${name}`);
  return shape;
}

function making(name: string, seed: number): StoreMaking {
  const { originSectors, cowSectors, chunkSectors, writes } = shapeOf(name);
  // Each store its own randomness, so that one alone comes out the same.
  const rng = seededRng(seed + Object.keys(SHAPES).indexOf(name) * 7919);
  return {
    kind: "make",
    id: name,
    origin: labelledSectors(`O-${name}`, originSectors),
    cowSectors,
    chunkSectors,
    writes: writes(rng),
  };
}

/** The table of a store that the kernel has just made, up to its end. */
function exceptionsIn(bytes: Uint8Array, chunkSectors: number): Exception[] {
  const exceptions: Exception[] = [];
  for (let index = 0; ; index++) {
    const offset = entryOffset(index, chunkSectors);
    if (offset + 16 > bytes.length) return exceptions;
    const exception = { old: getU64(bytes, offset), new: getU64(bytes, offset + 8) };
    if (exception.new === 0n) return exceptions;
    exceptions.push(exception);
  }
}
