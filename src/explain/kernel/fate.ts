import type { Activation } from "../../protocol/facts.ts";
import type { KernelOutcome } from "../../protocol/report.ts";

/**
 * What two ages must share to do the same with a store: how far the kernel comes, what is printed of
 * it, what is overwritten and how full it is. Not the words and prefixes of its lines, which every
 * few releases change, nor the line of a BUG.
 */
export function fateOf(activation: Activation, outcome: KernelOutcome): string {
  const { areas, chunkSizeError, overridesTable, tableChunk, takenTableChunk } = activation;
  const { activates, crash, errno, writes } = outcome;
  return JSON.stringify([
    tableChunk,
    activation.outcome,
    [activates, crash !== null, errno],
    [overridesTable ? takenTableChunk : null, chunkSizeError],
    activates ? (areas?.sectorsAllocated.toString() ?? outcome.status) : null,
    writes,
  ]);
}
