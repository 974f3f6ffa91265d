import type { RaceParams } from "../../protocol/race.ts";
import type { Core } from "../core.ts";

/** Hands checked parameters to the core. */
export function setParams(core: Core, params: RaceParams): void {
  core.race_set_params(
    params.fix === "after",
    params.storeBytes,
    params.ioCopy === "words",
    params.index,
    params.entriesPerArea,
    params.copies,
    params.pendingAfter,
    params.chunkSize,
  );
  core.race_set_entry0(...params.entry0);
  params.exceptions.forEach(([oldChunk, newChunk], copy) => {
    core.race_set_exception(copy, oldChunk, newChunk);
  });
}

/** A count of the core's, from its 64-bit limbs. */
export function countOf(limb: (at: number) => bigint): bigint {
  let count = 0n;
  for (let at = 3; at >= 0; at--) count = (count << 64n) | BigInt.asUintN(64, limb(at));
  return count;
}

/** The threads as the core numbers them. */
export const THREADS = ["I", "C"] as const;
