import type { FoundFact } from "../../protocol/facts.ts";
import type { FindingCode } from "../../protocol/finding.ts";
import { hex, plural } from "../words.ts";
import type { Wording } from "./wording.ts";

/**
 * Fingerprints: what the bytes say about how they came to be. Each names its evidence and says how
 * sure it is. The race is RACE.md's, fixed by kernel commit 61578dcd.
 */
type HistoryCode = Extract<
  FindingCode,
  `race.${string}` | `history.${string}` | "store.orphan-area"
>;

/** wasm/forensics/header_race.ts: which tear it is, and which words of the header belong to what. */
const TEARS: readonly ((fact: FoundFact) => string)[] = [
  (fact) => `magic and valid are the two halves of old_chunk ${fact.found}`,
  (fact) =>
    `version ${fact.found & 0xffffffffn} and chunk_size ${fact.found >> 32n} are the two halves of new_chunk ${fact.found}`,
  (fact) =>
    `version ${fact.found} is the low half of a new_chunk, whose high half chunk_size was then written over`,
  (fact) =>
    `version ${fact.found & 0xffffffffn} and chunk_size ${fact.found >> 32n} are what a memset leaves that passes a header while it is built`,
];

/** Which words of a torn header are an exception's (`race.header.torn`). */
export function tear(fact: FoundFact): string {
  const words = TEARS[Number(fact.extra)];
  if (words === undefined) throw new RangeError(`a tear without words: ${fact.extra}`);
  return words(fact);
}

/** What of a wiped area is left to see: entries in it, an area behind it, or only data. */
function wiped(fact: FoundFact): string {
  const cause = "the race that 61578dcd fixed, whose memset wipes the shared buffer";
  if (fact.index !== null) {
    return `area ${fact.area} lost its first entries while ${plural(fact.extra ?? 0n, "exception")} behind them remained: likely ${cause}`;
  }
  if (fact.found > 0n) {
    return `the area before area ${fact.area} is empty while ${plural(fact.found, "exception")} behind it remained: likely ${cause}`;
  }
  return `area ${fact.area} is empty though data was written for it: possibly ${cause}; copies that were never committed leave the same`;
}

/** What the kernel reads for want of them. */
const notInAnyArea = ({ expected, found }: FoundFact): string => {
  if (expected === 0n) return "";
  const which =
    found === 1n ? "it is" : expected === found ? "they are" : `${expected} of them are`;
  return `; ${which} in no metadata area, so that much of the snapshot reads as the origin is now`;
};

export const HISTORY_WORDINGS: Record<HistoryCode, Wording> = {
  "race.header.torn": {
    severity: "fatal",
    message: (fact) => {
      const sure = fact.extra === 2n || fact.extra === 3n ? "possibly" : "almost certainly";
      return `header torn by an exception: ${tear(fact)}; ${sure} the race that 61578dcd fixed`;
    },
    expected: () => "a header written from a buffer of its own",
    found: (fact) => hex(fact.found),
  },
  "race.header.exception": {
    severity: "fatal",
    message: (fact) =>
      `the header's 16 bytes are an exception, old_chunk ${fact.expected} to new_chunk ${fact.found}: almost certainly the race that 61578dcd fixed`,
    expected: () => "a header",
    found: (fact) => `exception ${fact.expected} → ${fact.found}`,
  },
  "race.header.zeroed": {
    severity: "fatal",
    message: () =>
      "the header is all zero though an area behind it had filled up: possibly the race that 61578dcd fixed, whose memset of a full area then passes the header; wiping the device's start leaves the same",
    expected: () => "a header",
    found: () => "16 bytes of zero",
  },
  "race.header.stray-exception": {
    // A header made valid again by hand hides what is lost: the kernel reads without a word.
    severity: (fact, facts) =>
      facts.header?.valid === 0 || fact.expected > 0n ? "problem" : "note",
    message: (fact) =>
      `${plural(fact.found, "exception")} behind the header in chunk 0, from entry ${fact.index} on${fact.extra === 1n ? ", one of them only half stored" : ""}: nothing but the race that 61578dcd fixed writes there; almost certain${notInAnyArea(fact)}`,
    expected: () => "zeros to the end of chunk 0",
    found: (fact) => plural(fact.found, "exception"),
  },
  "race.area.header": {
    severity: "problem",
    message: (fact) =>
      `entry 0 of area ${fact.area} is the header itself (valid ${fact.found}): the shared buffer was written out as this area, certainly the race that 61578dcd fixed`,
    expected: () => "an exception",
    found: () => "the header's 16 bytes",
  },
  "race.area.wiped": {
    severity: (fact) => (fact.found === 0n ? "note" : "problem"),
    message: wiped,
    expected: () => "entries from index 0 on",
    found: (fact) => (fact.index === null ? "an empty area" : `entry ${fact.index} is the first`),
  },
  "store.orphan-area": {
    severity: "problem",
    message: (fact) =>
      `area ${fact.area} holds ${plural(fact.found, "exception")} in order, but the area before it is empty: the reader never comes to it`,
    expected: () => "no exceptions behind the end of the table",
    found: (fact) => plural(fact.found, "exception"),
  },
  "history.reformatted": {
    severity: (fact) => (fact.extra === 1n ? "problem" : "note"),
    message: (fact) =>
      `area ${fact.area} behind the end of the table still holds exceptions in order: ${fact.extra === 1n ? "likely an activation took this store for a new one, and formatted it" : "likely left by an earlier table on this device; if an entry before it was cleared, they are lost"}`,
    expected: () => "no exceptions behind the end of the table",
    found: (fact) => plural(fact.found, "exception"),
  },
  "history.cve-2013-4299": {
    severity: "fatal",
    message: (fact) =>
      `area ${fact.area} begins with an exception that points at the area's own chunk ${fact.found}: certainly CVE-2013-4299, kernels before 3.12 without e9c6a182; from here on the table may be data`,
    expected: (fact) => `new_chunk ${fact.expected}`,
    found: (fact) => String(fact.found),
  },
  "history.bufio-area": {
    severity: "problem",
    message: (fact) =>
      `${plural(fact.found, "entry").replace("entrys", "entries")} of area ${fact.area} are garbage, and the next is in its proper place: likely a 3.14-rc kernel without 2c945820, which wrote an area it had not read`,
    expected: () => "exceptions",
    found: (fact) => `garbage before entry ${fact.index}`,
  },
  "history.holes": {
    severity: "note",
    message: (fact) =>
      `${plural(fact.found, "chunk")} allocated but never committed: likely a crash under a kernel before 3.13 (230c83af), which committed out of order`,
    expected: () => "every allocated chunk to be named",
    found: (fact) => plural(fact.found, "chunk"),
  },
};
