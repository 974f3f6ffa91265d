import type { StoreFacts } from "../../protocol/facts.ts";
import type { Invalidated } from "../../protocol/repair.ts";
import { explainFinding } from "../findings/findings.ts";
import { sentences } from "../words.ts";

const STATES: Record<Invalidated, string> = {
  no: "This snapshot was not invalidated: with its origin it can be read whole, which tells more than this.",
  flag: "This snapshot was invalidated: from then on the kernel copied nothing, whatever was written to the origin.",
  race: "The header race destroyed a part of this store while the kernel invalidated it: exceptions are missing, and from then on nothing was copied.",
  unknown:
    "Nothing tells whether this snapshot was invalidated; if it was, nothing was copied from then on.",
};

/**
 * copy_callback() → persistent_commit_exception(): the data are copied before the exception is
 * written, and after persistent_drop_snapshot() none is. snapshot_map() sends writes to the snapshot
 * to the same chunk.
 */
const KNOWN =
  "What is known here was copied before its exception was written: it is as it was when the snapshot was taken, or as it was written to the snapshot since; the store does not tell which.";
const UNKNOWN =
  "Of everything else nothing is known: the origin may hold it still, or may have been written since.";

/** What the reader of a rescue takes upon himself. @param facts of the table that is read. */
export function riskWords(invalidated: Invalidated, facts: StoreFacts): string {
  return sentences(
    "At your own risk.",
    STATES[invalidated],
    KNOWN,
    UNKNOWN,
    isDamaged(facts)
      ? "The table is damaged: read the findings, make the surgical repair, and rescue from the repaired copy what it leaves; or take what is known here for no better than the table is."
      : "",
  );
}

/** Codes of what is about the table, not about the header or how full the store is. */
const TABLE = /^(?:area|exception|race|history)\.|^store\.(?:orphan-area|truncated|cut-by-resize)$/;

const isDamaged = (facts: StoreFacts): boolean =>
  facts.findings.some((fact) => {
    const { severity } = explainFinding(fact, facts);
    return TABLE.test(fact.code) && (severity === "problem" || severity === "fatal");
  });
