import type { FoundFact, StoreFacts } from "../../protocol/facts.ts";
import type { FindingCode } from "../../protocol/finding.ts";
import { HEADER_RACE_FIX, type KernelFix, OVER_METADATA_FIX } from "../../protocol/kernel-fixes.ts";
import { tear } from "../findings/history-words.ts";
import { plural } from "../words.ts";

const fixedBy = ({ commit, release }: KernelFix): string =>
  `fixed by kernel commit ${commit}, ${release}`;
const RACE = `**header race on invalidation** (${fixedBy(HEADER_RACE_FIX)})`;
const LEFT_BEHIND = `That is what the ${RACE} leaves behind: the store overflowed while a copy was still in flight.`;

/**
 * How a store came to be as it is, where its bytes tell: a sentence for the verdict, or null where
 * the finding is not sure enough. In the order in which they explain most.
 */
const CAUSES: readonly [FindingCode, (fact: FoundFact) => string | null][] = [
  ["race.header.torn", (fact) => `The header is torn: ${tear(fact)}. ${LEFT_BEHIND}`],
  [
    "race.header.exception",
    ({ expected, found }) =>
      `In the header's place stands an **exception** (${expected} → ${found}). ${LEFT_BEHIND}`,
  ],
  [
    "race.header.zeroed",
    () =>
      `The header is all zero, behind it an area that filled up. The ${RACE} leaves this, and so does wiping the device's start.`,
  ],
  [
    "race.area.header",
    ({ area }) =>
      `The header's own bytes stand in metadata area ${area}: the ${RACE} wrote the shared buffer out as an area, and what the area held is lost.`,
  ],
  [
    "race.area.wiped",
    ({ area, found }) =>
      found === 0n
        ? `Metadata area ${area} is empty though data was written for it: **possibly the header race** on invalidation (${fixedBy(HEADER_RACE_FIX)}), whose memset wipes the shared buffer; copies that were never committed leave the same.`
        : `Metadata area ${area} lost its first entries: most likely the ${RACE}, whose memset wipes the shared buffer.`,
  ],
  [
    "race.header.stray-exception",
    ({ expected }) =>
      `Behind the header, in chunk 0, stand exceptions: the ${RACE} struck, but missed the header itself. ${expected > 0n ? "They never reached their area: their origin chunks read as the origin is now." : "Their area has them, too."}`,
  ],
  [
    "history.reformatted",
    ({ area, extra }) =>
      extra === 1n
        ? `Area 0 is empty, but area ${area} behind it holds exceptions in order: most likely **an earlier activation formatted** this store.`
        : null,
  ],
  [
    "history.cve-2013-4299",
    ({ area }) =>
      `Area ${area} begins with an exception that points at that area itself: **CVE-2013-4299** (${fixedBy(OVER_METADATA_FIX)}). Data was written over metadata.`,
  ],
  [
    "history.bufio-area",
    () =>
      "Garbage stands before entries that are right: a **3.14 release candidate** wrote back an area that it had not read.",
  ],
];

/** What the bytes say about how they came to be. */
interface NamedCause {
  /** Which finding says so. */
  code: FindingCode;
  sentence: string;
}

/** @returns the cause that explains most, or null where the bytes tell nothing. */
export function namedCause(facts: StoreFacts): NamedCause | null {
  for (const [code, words] of CAUSES) {
    const fact = facts.findings.find((one) => one.code === code);
    const sentence = fact ? words(fact) : null;
    if (sentence !== null) return { code, sentence: `${sentence}${more(facts, code)}` };
  }
  return null;
}

function more(facts: StoreFacts, code: FindingCode): string {
  const others = (facts.counts.get(code) ?? 1n) - 1n;
  if (others <= 0n) return "";
  return ` ${others === 1n ? "There is" : "There are"} ${plural(others, "more finding")} of this kind.`;
}
