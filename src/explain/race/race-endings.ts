import type { AreasEnding, HeaderEnding, Trace } from "../../protocol/race.ts";

/** What an ending of the race is called, and what the next activation makes of it. */
export interface EndingWords {
  title: string;
  /** Kernels up to 2.6.31, which have the race. */
  old: string;
  modern: string;
}

export const HEADER_ENDING_WORDS: Record<HeaderEnding, EndingWords> = {
  invalidated: {
    title: "invalidated, as intended",
    old: "The snapshot comes up, marked Invalid.",
    modern: "The snapshot comes up, marked Invalid.",
  },
  "zero-chunk-size": {
    title: "chunk_size 0",
    old: "kernel BUG at mm/mempool.c while the volume group is activated: the machine does not boot.",
    modern: "Refused: invalid on-disk chunk size 0.",
  },
  "wrong-chunk-size": {
    title: "another chunk_size",
    old: "Taken unchecked: every area is looked for in the wrong place.",
    modern: "Refused if it is not a legal size; else every area is looked for in the wrong place.",
  },
  "corrupt-magic": {
    title: "wrong magic",
    old: "Refused: Invalid or corrupt snapshot.",
    modern: "Refused: Invalid or corrupt snapshot.",
  },
  "new-snapshot": {
    title: "magic 0",
    old: "Taken for a new snapshot: a fresh header, area 0 zeroed, everything silently lost.",
    modern: "Taken for a new snapshot: a fresh header, area 0 zeroed, everything silently lost.",
  },
  "wrong-version": {
    title: "wrong version",
    old: "Refused: unable to handle snapshot disk version.",
    modern: "Refused: unable to handle snapshot disk version.",
  },
  "still-valid": {
    title: "still valid",
    old: "An invalid snapshot comes back as good, with data that is no longer the origin's.",
    modern: "An invalid snapshot comes back as good, with data that is no longer the origin's.",
  },
};

export const AREAS_ENDING_WORDS: Record<AreasEnding, string> = {
  kept: "as they were",
  "exceptions-lost": "exceptions lost",
  "header-in-area": "the header’s bytes in the area",
};

export const TRACE_WORDS: Record<Trace, string> = {
  "torn-header": "header torn while it was copied",
  "stray-exception": "exception behind the header",
};
