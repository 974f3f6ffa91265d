import type { FoundFact, StoreFacts } from "../../protocol/facts.ts";
import type { Finding, StoreFindingCode } from "../../protocol/finding.ts";
import { chunkSizeWords, hex, percent, plural } from "../words.ts";
import { HISTORY_WORDINGS } from "./history-words.ts";
import type { Wording } from "./wording.ts";

const number = (fact: FoundFact): string => String(fact.found);

/** A chunk size that should be refused: fatal, unless the kernel asked about goes on with it. */
const asTaken = (_: FoundFact, { activation: { areas, outcome } }: StoreFacts) =>
  areas === null && outcome !== "invalid" ? "fatal" : "problem";

/** @param old old_chunk; null: 2^64 - 1, which is the core's NONE, and no chunk of any origin. */
const originChunk = (old: bigint | null): string =>
  old === null ? "its origin chunk" : `origin chunk ${old}`;

/** Every code's words; the compiler sees to it that none is missing. */
const WORDINGS: Record<StoreFindingCode, Wording> = {
  "header.magic.zero": {
    severity: (_, facts) => (facts.holdsData ? "fatal" : "note"),
    message: (_, facts) =>
      facts.holdsData
        ? "magic is 0: the kernel takes this for a new snapshot and overwrites it"
        : "magic is 0: the kernel takes this for a new snapshot",
    expected: () => "0x70416e53 (“SnAp”)",
    found: () => "0",
  },
  "header.magic.wrong": {
    severity: "fatal",
    message: () => "magic is not “SnAp”: the kernel refuses the store",
    expected: (fact) => `${hex(fact.expected)} (“SnAp”)`,
    found: (fact) => hex(fact.found),
  },
  "header.chunk-size.zero": {
    severity: asTaken,
    message: () => "chunk_size is 0: not a power of 2",
    expected: () => "a power of 2, in sectors",
    found: number,
  },
  "header.chunk-size.not-power-of-2": {
    severity: asTaken,
    message: (fact) => `chunk_size ${fact.found} is not a power of 2`,
    expected: () => "a power of 2, in sectors",
    found: number,
  },
  "header.chunk-size.too-high": {
    severity: asTaken,
    message: (fact) => `chunk_size ${fact.found} is above the kernel's limit`,
    expected: () => "at most 4194303 sectors (INT_MAX >> 9)",
    found: number,
  },
  "header.chunk-size.block-size": {
    severity: asTaken,
    message: (fact, facts) =>
      `chunk_size ${fact.found} is not a multiple of the devices' block size of ${facts.options.blockSize} bytes`,
    expected: (_, facts) => `a multiple of ${plural(facts.options.blockSize / 512, "sector")}`,
    found: number,
  },
  "header.chunk-size.memory": {
    severity: "problem",
    message: (fact) =>
      `chunk_size ${fact.found} is legal, but the kernel needs four buffers of ${chunkSizeWords(Number(fact.found))} each to read the store`,
    expected: () => "a chunk size whose buffers fit in memory",
    found: (fact) => plural(fact.found, "sector"),
  },
  "header.chunk-size.overrides-table": {
    severity: "note",
    message: (fact, facts) =>
      `chunk_size ${fact.found} differs from the table's ${facts.activation.tableChunk}; the header's is used`,
    expected: (_, facts) => `${plural(facts.activation.tableChunk, "sector")}, as the table says`,
    found: (fact) => plural(fact.found, "sector"),
  },
  "header.version.unknown": {
    severity: "fatal",
    message: (fact) => `version ${fact.found} is unknown to every kernel`,
    expected: () => "1",
    found: number,
  },
  "header.valid.zero": {
    severity: "problem",
    message: () => "valid is 0: the snapshot was invalidated",
    expected: () => "1",
    found: number,
  },
  "header.valid.odd": {
    severity: "note",
    message: (fact) => `valid is ${fact.found}: the kernel writes 0 or 1, and takes it for 1`,
    expected: () => "1",
    found: number,
  },
  "header.chunk-size.contradicted": {
    severity: "problem",
    message: (fact) =>
      `by chunk_size ${fact.found} the table reads badly, by ${fact.expected} it holds ${plural(fact.extra ?? 0n, "exception")} in order: the header's size is not the one the store was made with`,
    expected: (fact) => plural(fact.expected, "sector"),
    found: (fact) => plural(fact.found, "sector"),
  },
  "header.trailing-bytes": {
    severity: "note",
    message: (fact) =>
      `${plural(fact.found, "byte")} behind the header ${fact.found === 1n ? "is not zero; the kernel ignores it" : "are not zero; the kernel ignores them"}`,
    expected: () => "zeros to the end of chunk 0",
    found: (fact) => `${plural(fact.found, "byte")} other than zero`,
  },
  "area.beyond-device": {
    severity: (_, facts) => (facts.activation.areas ? "fatal" : "problem"),
    message: (fact) =>
      `area ${(fact.area ?? 0n) > 0n ? `${fact.area} is called for, since the one before it is full, but` : "0"} does not lie on the device`,
    expected: (fact) => `a device of at least ${plural(fact.found, "sector")}`,
    found: (fact) => plural(fact.expected, "sector"),
  },
  "area.trailing-bytes": {
    severity: "note",
    message: () => "bytes behind the end of the table are not zero; the kernel ignores them",
    expected: () => "zeros to the end of the area",
    found: (fact) => `${plural(fact.extra ?? 0n, "byte")} other than zero`,
  },
  "area.lost-exceptions": {
    severity: "problem",
    message: (fact) =>
      `${plural(fact.extra ?? 0n, "exception")} from entry ${fact.index} on stand behind a free entry: the reader stops before, and they are lost`,
    expected: () => "no free entry before the last exception",
    found: (fact) => `${plural(fact.extra ?? 0n, "exception")} in their proper place`,
  },
  "exception.new.beyond-device": {
    severity: "problem",
    message: (fact) =>
      `entry ${fact.index} of area ${fact.area} points past the device (new_chunk ${fact.found}): ${originChunk(fact.extra)} cannot be read from the snapshot`,
    expected: (fact) => `a chunk below ${fact.expected}`,
    found: number,
  },
  "exception.new.metadata": {
    severity: "problem",
    message: (fact) =>
      `new_chunk ${fact.found} is ${fact.found === 0n ? "the header" : "metadata"}, not data: the snapshot reads the store's own bookkeeping there`,
    expected: () => "a data chunk",
    found: number,
  },
  "exception.new.duplicate": {
    severity: "problem",
    message: (fact) => `new_chunk ${fact.found} is named by more than one exception`,
    expected: () => "a chunk that no other exception names",
    found: number,
  },
  "exception.new.top-byte": {
    severity: "problem",
    message: (fact) =>
      `bits 56–63 of new_chunk are ${fact.found >> 56n}: in memory the entry acts for that many chunks more`,
    expected: (fact) => hex(fact.expected),
    found: (fact) => hex(fact.found),
  },
  "exception.new.run-overflow": {
    severity: "fatal",
    message: () =>
      "loading this entry makes a run longer than 256 chunks: the kernel stops with a BUG",
    expected: () => "a run of at most 256 chunks",
    found: (fact) => hex(fact.found),
  },
  "exception.old.beyond-origin": {
    severity: "problem",
    message: (fact) => `old_chunk ${fact.found} lies beyond the origin's end`,
    expected: (fact) => `a chunk below ${fact.expected}`,
    found: number,
  },
  "exception.old.duplicate": {
    severity: "problem",
    message: (fact) =>
      `old_chunk ${fact.found} has more than one exception: only one of them is ever read`,
    expected: () => "one exception for each origin chunk",
    found: number,
  },
  "exception.order": {
    severity: "note",
    message: (fact) =>
      `new_chunk ${fact.found} comes after ${fact.expected}: committed out of allocation order`,
    expected: (fact) => `a chunk above ${fact.expected}`,
    found: number,
  },
  "exception.table.tangled": {
    severity: "problem",
    message: (fact) =>
      `loading the table takes the kernel more than ${fact.expected} list steps; what comes after this entry was not tried`,
    expected: () => "exceptions spread over the hash buckets",
    found: (fact) => `${fact.found} steps`,
  },
  "exception.table.unsettled": {
    severity: "note",
    message: (fact) =>
      `the table is too large to be kept in memory: ${plural(fact.found, "exception")} could not be held against all others`,
    expected: () => "every exception compared with all others",
    found: (fact) => `${plural(fact.found, "exception")} not compared`,
  },
  "store.holes": {
    severity: "note",
    message: (fact) =>
      `${plural(fact.found, "data chunk")} below the last one in use: no exception names ${fact.found === 1n ? "it" : "them"}`,
    expected: () => "every allocated chunk to be named",
    found: (fact) => `${plural(fact.found, "chunk")} lost`,
  },
  "store.truncated": {
    severity: (_, facts) => (facts.activation.areas?.ioError ? "fatal" : "problem"),
    message: (fact) =>
      `the image ends too early: its own table says that the COW device had at least ${plural(fact.expected, "sector")}`,
    expected: (fact) => `at least ${plural(fact.expected, "sector")}`,
    found: (fact) => plural(fact.found, "sector"),
  },
  "store.ends-behind-full-area": {
    severity: "note",
    message: (fact) =>
      `the last exception fills its area, area ${fact.area} behind it is empty, and the device ends right there: either it is exactly full, or it was cut here and lengthened by an empty area; then every chunk recorded in the missing areas reads as the origin is now, without an error`,
    expected: () => "room for data behind the last area",
    found: (fact) => `the device's end, at ${plural(fact.found, "sector")}`,
  },
  "store.cut-by-resize": {
    severity: "problem",
    message: (fact) =>
      `${fact.expected} of ${fact.found} sectors are in use, ${percent(fact.expected, fact.found)} as Data% in \`lvs\`: if these are all of the COW device's bytes, \`lvresize\` or \`lvreduce\` cut it below what the snapshot uses`,
    expected: (fact) => `at least ${plural(fact.expected, "sector")}`,
    found: (fact) => plural(fact.found, "sector"),
  },
  "table.chunk-size.refused": {
    severity: "fatal",
    message: (fact) =>
      `the table line's chunk size of ${plural(fact.found, "sector")} is refused before the store is read`,
    expected: (_, facts) =>
      `a power of 2, a multiple of ${plural(facts.options.blockSize / 512, "sector")}, at most 4194303 sectors`,
    found: (fact) => plural(fact.found, "sector"),
  },
  "store.full": {
    severity: "problem",
    message: () =>
      "no room is left: the next write to a chunk of the origin that is not yet copied invalidates the snapshot",
    expected: (fact) => `fewer than ${fact.expected} sectors in use`,
    found: (fact) => plural(fact.found, "sector"),
  },
  ...HISTORY_WORDINGS,
};

/** Puts one fact into words. */
export function explainFinding(fact: FoundFact, facts: StoreFacts): Finding {
  const wording = WORDINGS[fact.code];
  const { severity } = wording;
  const text = (value: bigint | number | null): string | null =>
    value === null ? null : String(value);
  return {
    code: fact.code,
    severity: typeof severity === "function" ? severity(fact, facts) : severity,
    message: wording.message(fact, facts),
    where: {
      chunk: text(fact.chunk),
      area: text(fact.area),
      index: text(fact.index),
      offset: text(fact.offset),
      length: fact.length,
    },
    expected: wording.expected(fact, facts),
    found: wording.found(fact, facts),
  };
}
