import type { Finding, FindingCode } from "../../protocol/finding.ts";

/** How a store came to be as it is, where its bytes tell: a sentence for the verdict. */
const CAUSES: Partial<Record<FindingCode, (finding: Finding) => string>> = {
  "race.header.torn": (finding) =>
    `The header is torn: ${tear(finding)}. That is what the **header race on invalidation** leaves behind (fixed by kernel commit 61578dcd, 2.6.31): the store overflowed while a copy was still in flight.`,
  "race.header.exception": (finding) =>
    `In the header's place stands an **exception** (${finding.found.replace("exception ", "")}). That is what the **header race on invalidation** leaves behind (fixed by kernel commit 61578dcd, 2.6.31): the store overflowed while a copy was still in flight.`,
  "race.header.zeroed": () =>
    "The header is all zero, behind it an area that filled up. The **header race on invalidation** leaves this (fixed by kernel commit 61578dcd, 2.6.31), and so does wiping the device's start.",
  "race.area.header": (finding) =>
    `The header's own bytes stand in metadata area ${finding.where.area}: the **header race on invalidation** wrote the shared buffer out as an area (fixed by kernel commit 61578dcd, 2.6.31), and what the area held is lost.`,
  "race.area.wiped": (finding) =>
    finding.severity === "note"
      ? `Metadata area ${finding.where.area} is empty though data was written for it: **possibly the header race** on invalidation, whose memset wipes the shared buffer (fixed by kernel commit 61578dcd, 2.6.31); copies that were never committed leave the same.`
      : `Metadata area ${finding.where.area} lost its first entries: most likely the **header race on invalidation**, whose memset wipes the shared buffer (fixed by kernel commit 61578dcd, 2.6.31).`,
  "race.header.stray-exception": () =>
    "Behind the header, in chunk 0, stand exceptions: the **header race on invalidation** struck (fixed by kernel commit 61578dcd, 2.6.31), but missed the header itself. They never reached their area.",
  "history.reformatted": (finding) =>
    finding.severity === "note"
      ? ""
      : `Area 0 is empty, but area ${finding.where.area} behind it holds exceptions in order: most likely **an earlier activation formatted** this store.`,
  "history.cve-2013-4299": (finding) =>
    `Area ${finding.where.area} begins with an exception that points at that area itself: **CVE-2013-4299** (fixed by e9c6a182, 3.12). Data was written over metadata.`,
  "history.bufio-area": () =>
    "Garbage stands before entries that are right: a **3.14 release candidate** wrote back an area that it had not read.",
};

/** In the order in which they explain most. */
const ORDER = Object.keys(CAUSES) as FindingCode[];

/** @returns the sentence of the finding that explains most, or "" where the bytes tell nothing. */
export function namedCause(findings: readonly Finding[]): string {
  for (const code of ORDER) {
    const finding = findings.find((one) => one.code === code);
    const cause = finding ? (CAUSES[code]?.(finding) ?? "") : "";
    if (cause) return cause;
  }
  return "";
}

/** "header torn by an exception: WHICH; how sure": the middle of it. */
function tear(finding: Finding): string {
  return finding.message.replace(/^[^:]*: /, "").replace(/; .*$/, "");
}
