import { worstFirst } from "../../explain/findings/worst-first.ts";
import type { Part } from "../../hex/field-map.ts";
import { spanOf } from "../../hex/marks.ts";
import { overlaps, type Span } from "../../hex/span.ts";
import type { Finding } from "../../protocol/finding.ts";
import { isFingerprint } from "../../protocol/fingerprint.ts";
import { byteSize, counted, printable } from "../../ui/format.ts";

const SECTOR_BYTES = 512;

/** A header field's number as people read it. */
export function fieldValue(part: Part, value: bigint): string {
  switch (part.name) {
    case "magic":
      return `0x${value.toString(16).padStart(8, "0")} “${letters(value, part.end - part.start)}”`;
    case "chunk_size":
      if (value === 0n) return "0 sectors";
      return `${counted(value, "sector")} (${byteSize(Number(value) * SECTOR_BYTES)})`;
    default:
      return String(value);
  }
}

/** A number's bytes as they lie on the disk, in ASCII. */
function letters(value: bigint, length: number): string {
  const bytes = Array.from({ length }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn));
  return bytes.map(printable).join("");
}

/** Whether the kernel stops before this field: without the magic it looks at nothing else. */
export const isNotLookedAt = (part: Part, findings: readonly Finding[]): boolean =>
  part.name !== "magic" && findings.some(({ code }) => code.startsWith("header.magic."));

/** The worst finding that points to bytes of this field; a fingerprint only for want of another. */
export function findingFor(part: Span, findings: readonly Finding[]): Finding | null {
  const hits = findings.filter((finding) => {
    const span = spanOf(finding);
    return span !== null && overlaps(span, part);
  });
  const others = hits.filter((finding) => !isFingerprint(finding));
  return worstFirst(others.length > 0 ? others : hits)[0] ?? null;
}
