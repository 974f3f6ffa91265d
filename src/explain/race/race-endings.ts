import type { AreasEnding, HeaderEnding, Trace } from "../../protocol/race.ts";

/** What an ending of the race is called, and what the next activation makes of it. */
export interface EndingWords {
  title: string;
  /** Kernels up to 2.6.31, which have the race: a clause, as `modern` is. */
  old: string;
  modern: string;
}

export const HEADER_ENDING_WORDS: Record<HeaderEnding, EndingWords> = {
  invalidated: {
    title: "invalidated, as intended",
    old: "the snapshot comes up, marked Invalid",
    modern: "the snapshot comes up, marked Invalid",
  },
  "zero-chunk-size": {
    title: "chunk_size 0",
    old: "it is a kernel BUG at mm/mempool.c while the volume group is activated: the machine does not boot",
    modern: "it is refused: invalid on-disk chunk size 0",
  },
  "wrong-chunk-size": {
    title: "another chunk_size",
    old: "it is taken unchecked: every area is looked for in the wrong place",
    modern:
      "it is refused if it is no legal size, else every area is looked for in the wrong place",
  },
  "corrupt-magic": {
    title: "wrong magic",
    old: "it is refused: Invalid or corrupt snapshot",
    modern: "it is refused: Invalid or corrupt snapshot",
  },
  "new-snapshot": {
    title: "magic 0",
    old: "it is taken for a new snapshot: a fresh header, area 0 zeroed, everything silently lost",
    modern:
      "it is taken for a new snapshot: a fresh header, area 0 zeroed, everything silently lost",
  },
  "wrong-version": {
    title: "wrong version",
    old: "it is refused: unable to handle snapshot disk version",
    modern: "it is refused: unable to handle snapshot disk version",
  },
  "still-valid": {
    title: "still valid",
    old: "an invalid snapshot comes back as good, with data that is no longer the origin’s",
    modern: "an invalid snapshot comes back as good, with data that is no longer the origin’s",
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
