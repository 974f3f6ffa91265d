import type { StoreFacts } from "../../protocol/facts.ts";
import type { StoreSetting } from "../../protocol/machine.ts";
import type { Verdict, VerdictId } from "../../protocol/report.ts";
import { chunkSizeWords, plural } from "../words.ts";

/** What may be said of the store before the whole table is read; the word “so far” comes behind it. */
const TITLES: Partial<Record<VerdictId, string>> = {
  healthy: "Nothing is wrong with this snapshot",
  odd: "Nothing harmful is wrong with this snapshot",
  full: "This snapshot is full",
  damaged: "What is read of this snapshot is damaged",
};

const WAIT =
  "Wait until all of the table is read: the kernel follows it area after area (read_exceptions), and what comes next decides whether it activates.";

/**
 * The same verdict without what only the whole table can tell: that the snapshot activates, and that
 * nothing is wrong with it. What the header alone decides stands as it is.
 */
export function verdictSoFar(
  verdict: Verdict,
  facts: StoreFacts,
  { merging, incomplete }: StoreSetting,
): Verdict {
  const { id } = verdict;
  const title = TITLES[id];
  if (title === undefined) return verdict;
  // What lies around the store is known from the start, and must not be waited for.
  if (merging === true || incomplete !== null) {
    return { ...verdict, severity: verdict.severity === "ok" ? "note" : verdict.severity };
  }
  if (id === "full" || id === "damaged") return { ...verdict, title };
  const cause =
    id === "odd"
      ? verdict.cause
      : `The header is right, and so is what was read of the table: ${plural(facts.exceptions, "exception")} (chunks of ${chunkSizeWords(facts.chunkSize)}).`;
  const steps = [{ text: WAIT, commands: [], destroys: null }];
  return { ...verdict, severity: "note", title, cause, action: WAIT, steps };
}
