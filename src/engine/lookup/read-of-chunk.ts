import type { StoreFacts } from "../../protocol/facts.ts";
import { kernelAge } from "../../protocol/find-kernel.ts";
import type { NoRead } from "../../protocol/lookup.ts";
import { type Core, NONE } from "../core.ts";

/** Where snapshot_map() sends a read: a sector of the COW device, the origin, or nowhere (EIO). */
export type MappedTo = bigint | "origin" | "error";

/** @param core loaded with the list of this chunk. @returns null where loading was given up. */
export function mappedTo(core: Core, facts: StoreFacts, chunk: bigint): MappedTo | null {
  if (core.get_gave_up()) return null;
  const window = core.window_pointer(8);
  const shift = Math.log2(facts.chunkSize);
  core.map_chunks(chunk, 1, shift, facts.options.originSectors ?? NONE, window);
  const [sector = 0n] = new BigUint64Array(core.memory.buffer, window, 1);
  if (sector === core.IO_ERROR.value) return "error";
  return sector === core.FROM_ORIGIN.value ? "origin" : sector;
}

/** Why this kernel's reads do not follow from the table as it was read here; null: they do. */
export function unlikeTable(facts: StoreFacts, activates: boolean): NoRead | null {
  if (!activates) return "not-activated";
  const { outcome, chunkSize } = facts.activation;
  if (outcome !== "read-areas") return null;
  const { headerChunkSize } = kernelAge(facts.options.kernel);
  const stride = headerChunkSize === "unbuffered" ? facts.header?.chunkSize : chunkSize;
  return chunkSize === facts.chunkSize && stride === chunkSize && isPowerOf2(chunkSize)
    ? null
    : "other-chunk-size";
}

/** Only then is a chunk a shift of sectors. */
export const isPowerOf2 = (sectors: number): boolean => Number.isInteger(Math.log2(sectors));

/** dm_chunk_number(): what is above its 56 bits counts chunks; the oldest kernels had no such count. */
export function chunkNumber({ options }: StoreFacts, newChunk: bigint): bigint {
  const whole = kernelAge(options.kernel).insertion === "unsorted";
  return whole ? newChunk : BigInt.asUintN(56, newChunk);
}
