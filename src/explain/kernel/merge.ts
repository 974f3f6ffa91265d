import { MERGED_WHOLLY, type MergeFacts, type StoreFacts } from "../../protocol/facts.ts";
import { kernelAge } from "../../protocol/find-kernel.ts";
import type { MergeOutcome } from "../../protocol/report.ts";
import { kernelOutcome, statusLine } from "./kernel.ts";
import { failureWords, mergedWords } from "./merge-words.ts";

/** What the kernel that was asked about does when it is to merge this store into its origin. */
export function mergeOutcome(facts: StoreFacts): MergeOutcome {
  const age = kernelAge(facts.options.kernel);
  if (!age.hasMergeTarget) {
    const message = "This kernel cannot merge a snapshot: Linux 2.6.33 was the first that could.";
    return { ...NOTHING, outcome: "unsupported", message };
  }
  const { activates, crash, dmesg, status, writes } = kernelOutcome(facts, "snapshot-merge");
  if (crash !== null) {
    const message = "The kernel crashes before it merges anything.";
    return { ...NOTHING, outcome: "crashes", message, dmesg };
  }
  if (!activates) {
    const message = "The kernel refuses the store: nothing is merged.";
    return { ...NOTHING, outcome: "refused", message, dmesg };
  }
  const say = (line: string) => [...dmesg, `${age.snapshotPrefix} ${line}`];
  if (status === "Invalid") {
    const message = "The store is marked invalid: the kernel merges nothing, and says so.";
    const lines = say("Snapshot is invalid: can't merge");
    return { ...NOTHING, outcome: "invalid", message, dmesg: lines, status };
  }
  // A store that activation has just made holds no exception, whatever lay there before.
  const isRead = facts.activation.outcome === "read-areas";
  const merge = isRead ? facts.merge : MERGED_WHOLLY;
  if (merge === null || merge.stop === "unknown") {
    const message = "What merging would do cannot be told: the table is too large, or too tangled.";
    return { ...NOTHING, outcome: "unknown", message, dmesg };
  }
  const merged = (isRead ? facts.exceptions : 0n) - merge.left;
  const exceptions = { merged: String(merged), left: String(merge.left) };
  if (merge.stop === "done") {
    // persistent_commit_merge() leaves next_free behind the header and area 0
    const used = BigInt(facts.activation.chunkSize) * 2n;
    const left = statusLine(used, facts.sectors, used, age);
    const message = mergedWords(merged, writes.length > 0);
    return { outcome: "merges", reason: null, message, exceptions, dmesg, status: left };
  }
  return {
    outcome: "fails",
    reason: merge.stop,
    message: failureWords(merge.stop, merge, merged),
    exceptions,
    dmesg: say(failureLine(merge.stop, merge)),
    status: "Merge failed",
  };
}

const NOTHING = { reason: null, exceptions: null, dmesg: [], status: null };

/** merge_callback() and __remove_single_exception_chunk() in dm-snap.c: their DMERR lines. */
function failureLine(
  reason: NonNullable<MergeOutcome["reason"]>,
  { chunk, range }: MergeFacts,
): string {
  switch (reason) {
    case "read-error":
      return "Read error: shutting down merge.";
    case "write-error":
      return "Write error: shutting down merge.";
    case "not-in-memory":
      return `Corruption detected: exception for block ${chunk} is on disk but not in memory`;
    case "middle-of-run":
      return `Attempt to merge block ${chunk} from the middle of a chunk range [${range.first} - ${range.last}]`;
  }
}
