import type { BackwardsDoubt, BackwardsQuestion, HalfKnown } from "../../protocol/race.ts";

type Known = { old: HalfKnown; new: HalfKnown };

/** Why a kernel would not have had these exceptions: none is certain proof, all are worth knowing. */
export function doubtsAbout(
  exceptions: readonly Known[],
  question: Pick<BackwardsQuestion, "cowChunks" | "originChunks">,
  perArea: number,
): BackwardsDoubt[] {
  const doubts = new Set<BackwardsDoubt>();
  for (const { old: oldChunk, new: newChunk } of exceptions) {
    // prepare_exception() hands out chunks from 2 on, and skip_metadata() leaves out the areas'.
    const exact = exactly(newChunk);
    if (exact === 0n) doubts.add("new-chunk-is-header");
    else if (exact !== null && exact % BigInt(perArea + 1) === 1n) {
      doubts.add("new-chunk-is-metadata");
    }
    if (beyond(newChunk, question.cowChunks)) doubts.add("new-chunk-beyond-device");
    if (beyond(oldChunk, question.originChunks)) doubts.add("old-chunk-beyond-origin");
  }
  return [...doubts];
}

function exactly({ low, high }: HalfKnown): bigint | null {
  return low === null || high === null ? null : BigInt(low) | (BigInt(high) << 32n);
}

/** Whether no choice of the unknown half brings the chunk below `chunks`. */
function beyond({ low, high }: HalfKnown, chunks: bigint | null): boolean {
  return chunks !== null && (BigInt(low ?? 0) | (BigInt(high ?? 0) << 32n)) >= chunks;
}
