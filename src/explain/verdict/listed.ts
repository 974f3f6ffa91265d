import type { Finding } from "../../protocol/finding.ts";
import { isFingerprint } from "../../protocol/fingerprint.ts";
import type { Judged } from "./judged.ts";
import { namedCause } from "./named-cause.ts";
import { RANK } from "./severity.ts";

/** How many kinds of findings a cause tells of. */
const MOST_TOLD = 3;

/**
 * The kinds of findings with their counts, as sentences: first what casts doubt on all the others,
 * then what tells how they came about, then the worst. What the named cause has said is left out.
 */
export function listed({ facts, findings }: Judged): string {
  const named = namedCause(facts)?.code;
  const kinds = [...new Map(findings.map((finding) => [finding.code, finding])).values()]
    .filter(({ code }) => code !== named)
    .toSorted((a, b) => precedence(a) - precedence(b) || byRank(a, b));
  const told = kinds.slice(0, MOST_TOLD).map((finding) => {
    const count = facts.counts.get(finding.code) ?? 1n;
    const more = count > 1n ? ` (and ${count - 1n} more like it)` : "";
    return sentence(`${finding.message}${more}`);
  });
  return [...told, ...(kinds.length > MOST_TOLD ? ["There is more below."] : [])].join(" ");
}

function precedence(finding: Finding): number {
  if (finding.code === "header.chunk-size.contradicted") return 0;
  return isFingerprint(finding) ? 1 : 2;
}

const byRank = (a: Finding, b: Finding): number =>
  RANK.indexOf(b.severity) - RANK.indexOf(a.severity);

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
