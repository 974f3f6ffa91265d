import type { FindingCode } from "../src/protocol/finding.ts";

/** What fits the race in one store of fixtures/race: codes, and which entries stray in chunk 0. */
export interface Trace {
  codes: FindingCode[];
  /** First and last stray entry, and how many; read off the bytes of chunk 0. */
  stray?: [first: number, last: number, count: number];
}

const replaced = (last: number): Trace => ({
  codes: ["race.header.exception", "race.header.stray-exception"],
  stray: [1, last, last],
});
const inArea: Trace = { codes: ["race.area.header"] };

/**
 * Every race fixture that keeps a trace of the race, from its bytes and the notes that the machine
 * took of header and areas before and after. `.before`, `.repaired` and `.rebuilt` keep none, and
 * of those with only the header rewritten (`.hdr1`) just the ones that have it in an area.
 */
export const TRACES: Record<string, Trace> = {
  // Header 41 0 2 0: exception 41 → 2 stands there, and the six that finished after it behind it.
  "r1-exc0-on-header-c1": replaced(6),
  "r1-exc0-on-header-c8": replaced(5),
  "r1-exc0-on-header-c32": replaced(3),
  // Header 0 0 2 0: origin chunk 0, so that the magic is 0.
  "r1-old0-on-header-c8": replaced(3),
  "r1-snapwrite-c8": replaced(5),
  // Four exceptions were in the area before: the next ones landed behind an intact header.
  "r2-exc-behind-header-c8": { codes: ["race.header.stray-exception"], stray: [4, 7, 4] },
  // The area filled up: the memset that follows wiped the header.
  "r3-header-zeroed-c1": { codes: ["race.header.zeroed"] },
  "r4-header-in-area0-c16": inArea,
  "r4-header-in-area0-c16.hdr1": inArea,
  "r4-header-in-area0-c8": inArea,
  "r4-header-in-area0-c8.hdr1": inArea,
  "r5-both-c8": inArea,
  "r5-both-c8.hdr1": inArea,
  // Header SnAp 0 2 0: the exception's origin chunk was 0x70416e53, so it also reads as a torn one.
  "r7-old-is-magic-c8": {
    codes: ["race.header.torn", "race.header.stray-exception"],
    stray: [1, 3, 3],
  },
  // Header SnAp 0 2 0, and an old_chunk of 12 whose new_chunk never came.
  "w1-torn-chunksize0-a": {
    codes: ["race.header.torn", "race.header.stray-exception"],
    stray: [1, 1, 1],
  },
  // Header 10 0 1 8: the old_chunk of an exception, the rest a header's.
  "w2-torn-magic-a": {
    codes: ["race.header.torn", "race.header.stray-exception"],
    stray: [1, 4, 4],
  },
  "w3-after-memset": { codes: ["race.header.stray-exception"], stray: [1, 4, 4] },
  "w4-before-io-delay100": replaced(4),
  "w5-commit-before-io": inArea,
  "w5-commit-before-io.hdr1": inArea,
  "stat-delay2-area-10-r2": inArea,
  "stat-delay2-area-3-r2": inArea,
  "stat-delay2-area-4": inArea,
  "stat-delay2-area-9": inArea,
  "stat-nodelay-area-13-r2": inArea,
  "stat-nodelay-area-23": inArea,
  "stat-nodelay-area-5-r2": inArea,
  "stat-nodelay-area-8": inArea,
};
