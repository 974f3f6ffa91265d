import type { MergeFacts } from "../../protocol/facts.ts";
import type { Severity } from "../../protocol/finding.ts";
import type { MergeOutcome } from "../../protocol/report.ts";
import { plural } from "../words.ts";

interface MergeWord {
  word: string;
  severity: Severity;
}

const MERGE_WORDS: Record<MergeOutcome["outcome"], MergeWord> = {
  merges: { word: "merges", severity: "ok" },
  fails: { word: "fails", severity: "problem" },
  invalid: { word: "does not merge", severity: "problem" },
  refused: { word: "refuses", severity: "problem" },
  crashes: { word: "crashes", severity: "fatal" },
  unsupported: { word: "cannot", severity: "note" },
  unknown: { word: "not known", severity: "note" },
};

/** In one or two words, and how bad that is. */
export const mergeWord = ({ outcome, exceptions }: MergeOutcome): MergeWord =>
  outcome === "merges" && exceptions?.merged === "0"
    ? { word: "merges nothing", severity: "note" }
    : MERGE_WORDS[outcome];

/** @param formats whether activation makes an empty store of it first. */
export function mergedWords(merged: bigint, formats: boolean): string {
  if (formats) return "The kernel formats the store first: then there is nothing to merge.";
  if (merged === 0n) return "There is nothing to merge.";
  return `The kernel copies the data of ${plural(merged, "exception")} to the origin, the last one first, and leaves the store empty.`;
}

/** At which chunks it stops, why, and what the store and its origin are then. */
export function failureWords(
  reason: NonNullable<MergeOutcome["reason"]>,
  merge: MergeFacts,
  merged: bigint,
): string {
  return `${why(reason, merge)} ${progress(merged, merge.left)}`;
}

function why(reason: NonNullable<MergeOutcome["reason"]>, merge: MergeFacts): string {
  const { run, chunk, range } = merge;
  const old = chunks(run.old, run.chunks);
  switch (reason) {
    case "read-error":
      return `The kernel stops at ${old} of the origin: the data are said to lie in ${chunks(run.new, run.chunks)} of the store, beyond its end.`;
    case "write-error":
      return `The kernel stops at ${old} of the origin, beyond the origin's end.`;
    case "not-in-memory":
      return `The kernel copies ${old} to the origin and clears the exception on the disk; then it finds none for chunk ${chunk} in memory, and stops.`;
    case "middle-of-run":
      return `The kernel copies ${old} to the origin and clears the exception on the disk; then it finds chunk ${chunk} in memory in the middle of the run from ${range.first} to ${range.last}, and stops.`;
  }
}

const progress = (merged: bigint, left: bigint): string =>
  merged === 0n
    ? "Nothing is merged by then."
    : `${plural(merged, "exception")} ${merged === 1n ? "is" : "are"} merged by then, ${left} ${left === 1n ? "is" : "are"} left in the store: the origin is partly old, partly new.`;

function chunks(first: bigint, count: number): string {
  if (count === 1) return `chunk ${first}`;
  return `chunks ${first} to ${BigInt.asUintN(64, first + BigInt(count) - 1n)}`;
}
