import {
  type Activation,
  MERGED_WHOLLY,
  type MergeFacts,
  type MergeStop,
} from "../../protocol/facts.ts";
import { kernelAge } from "../../protocol/find-kernel.ts";
import { type Core, rowOf } from "../core.ts";

/** wasm/kernel/merge.ts MERGE_*, in its order. */
export const MERGE_STOPS: readonly MergeStop[] = [
  "done",
  "read-error",
  "write-error",
  "not-in-memory",
  "middle-of-run",
  "unknown",
];

/** Whether this kernel, with this header, comes to merging exceptions at all. */
const merges = ({ outcome }: Activation, kernel: string): boolean =>
  outcome === "read-areas" && kernelAge(kernel).hasMergeTarget;

/** Whether what merging comes to can only be told from the rows of the table. */
export const mergeNeedsRows = (core: Core, activation: Activation, kernel: string): boolean =>
  merges(activation, kernel) && core.needs_merge();

/**
 * Where merging the table that was read stops, under the kernel that the core was told of.
 * @param chunkSize by which it was read, in sectors. @returns null where no exception is merged.
 */
export function mergeFacts(
  core: Core,
  activation: Activation,
  kernel: string,
  chunkSize: number,
): MergeFacts | null {
  if (!merges(activation, kernel)) return null;
  if (activation.chunkSize !== chunkSize) return { ...MERGED_WHOLLY, stop: "unknown" };
  if (!core.needs_merge()) return MERGED_WHOLLY;
  const stop = rowOf(MERGE_STOPS, core.merge(Math.log2(chunkSize)));
  if (stop === "unknown") return { ...MERGED_WHOLLY, stop };
  return {
    stop,
    left: BigInt(core.get_merge_left()),
    run: { old: core.get_merge_old(), new: core.get_merge_new(), chunks: core.get_merge_chunks() },
    chunk: core.get_merge_chunk(),
    range: { first: core.get_merge_range_first(), last: core.get_merge_range_last() },
  };
}
