import { type CheckedStore, checkToTheEnd } from "../../src/engine/check/check.ts";
import { TableTooLarge } from "../../src/engine/read/read-areas.ts";
import { TangledTable } from "../../src/engine/snapshot/tangled-table.ts";
import { type CheckOptions, DEFAULT_OPTIONS } from "../../src/protocol/check.ts";
import { KERNEL_AGES } from "../../src/protocol/kernel-ages.ts";
import { SourceError } from "../../src/source/block-source.ts";
import { loadCore } from "../check-bytes.ts";
import type { Rng } from "../random.ts";
import { BoundedSource } from "./bounded-source.ts";

export const core = await loadCore();

/** What is asked of a store, and its bytes. */
export interface Asked {
  bytes: Uint8Array;
  source: BoundedSource;
  options: CheckOptions;
}

/** A table line and an age at random. */
export function anyOptions(rng: Rng): CheckOptions {
  return {
    tableChunk: rng.pick([null, 0, 1, 2, 4, 8, 16, 32, 256]),
    originSectors: rng.pick([null, 4096n, 20_000n]),
    blockSize: rng.pick([512, 512, 512, 4096]),
    kernel: rng.chance(0.4) ? DEFAULT_OPTIONS.kernel : rng.pick(KERNEL_AGES).id,
  };
}

/** Read a few times over, whatever the table says, and some places for guesses. */
export const bounded = (bytes: Uint8Array, rng: Rng): BoundedSource =>
  new BoundedSource(bytes, 64 * bytes.length + 2 ** 24, rng);

/**
 * What tells which origin chunks were met (wasm/table/old_chunks.ts) grows up to 64 MiB, and leaves as
 * much behind; memory is taken in doubles.
 */
const MOST_CORE_BYTES = 2 ** 28;

/** @throws where the core took memory out of proportion to the bytes it was given. */
export async function checked(
  source: BoundedSource,
  options: CheckOptions,
  keepRows = true,
): Promise<CheckedStore> {
  const store = await checkToTheEnd(core, source, options, keepRows);
  const { byteLength } = store.core.memory.buffer;
  if (byteLength > MOST_CORE_BYTES + 64 * source.size) {
    throw new Error(`the core took ${byteLength} bytes for ${source.size}`);
  }
  return store;
}

/** What problemOf() turns into problems: these ends are as good as an answer. */
export const isTyped = (error: unknown): error is Error =>
  error instanceof SourceError || error instanceof TableTooLarge || error instanceof TangledTable;
