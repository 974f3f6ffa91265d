import {
  AREAS_ENDING_WORDS,
  HEADER_ENDING_WORDS,
  TRACE_WORDS,
} from "../../explain/race/race-endings.ts";
import { AREAS_ENDING_SEVERITY, HEADER_ENDING_SEVERITY } from "../../explain/race/race-now.ts";
import type { Severity } from "../../protocol/finding.ts";
import {
  AREAS_ENDINGS,
  HEADER_ENDINGS,
  type RaceEnding,
  type RaceExploration,
  TRACES,
} from "../../protocol/race.ts";
import type { BothExplored } from "./use-exploration.ts";

/** One outcome, counted before the fix and after it. */
export interface EndingRow {
  ending: RaceEnding;
  title: string;
  severity: Severity;
  before: bigint;
  after: bigint;
}

export interface EndingGroup {
  title: string;
  rows: EndingRow[];
}

/** The outcomes that any schedule has, the intended one first. */
export function endingGroups({ before, after }: BothExplored): EndingGroup[] {
  const rows = <E extends RaceEnding>(
    endings: readonly E[],
    counts: (exploration: RaceExploration) => ReadonlyMap<E, bigint>,
    words: (ending: E) => { title: string; severity: Severity },
  ): EndingRow[] =>
    endings.flatMap((ending) => {
      const row = {
        ending,
        ...words(ending),
        before: counts(before).get(ending) ?? 0n,
        after: counts(after).get(ending) ?? 0n,
      };
      return row.before + row.after > 0n ? [row] : [];
    });
  const groups = [
    {
      title: "Header on disk",
      rows: rows(
        HEADER_ENDINGS.toReversed(),
        (one) => one.header,
        (ending) => ({
          title: HEADER_ENDING_WORDS[ending].title,
          severity: HEADER_ENDING_SEVERITY[ending],
        }),
      ),
    },
    {
      title: "Areas on disk",
      rows: rows(
        AREAS_ENDINGS.toReversed(),
        (one) => one.areas,
        (ending) => ({
          title: AREAS_ENDING_WORDS[ending],
          severity: AREAS_ENDING_SEVERITY[ending],
        }),
      ),
    },
    {
      title: "Traces",
      rows: rows(
        TRACES,
        (one) => one.traces,
        (trace) => ({ title: TRACE_WORDS[trace], severity: "note" }),
      ),
    },
  ];
  return groups.filter((group) => group.rows.length > 0);
}
