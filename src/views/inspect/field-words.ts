import type { Part } from "../../hex/field-map.ts";
import { spanOf } from "../../hex/marks.ts";
import type { Finding } from "../../protocol/finding.ts";
import { byteSize, counted } from "../../ui/format.ts";

const SECTOR_BYTES = 512;

/** A header field's number as people read it. */
export function fieldValue(part: Part, value: bigint): string {
  switch (part.name) {
    case "magic":
      return `0x${value.toString(16).padStart(8, "0")} “${letters(value)}”`;
    case "chunk_size":
      if (value === 0n) return "0 sectors";
      return `${counted(value, "sector")} (${byteSize(Number(value) * SECTOR_BYTES)})`;
    default:
      return String(value);
  }
}

/** A number's bytes as they lie on the disk, in ASCII. */
function letters(value: bigint): string {
  let text = "";
  for (let rest = value; rest > 0n; rest >>= 8n) {
    const byte = Number(rest & 0xffn);
    text += byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
  }
  return text;
}

/** The first finding that points to bytes of this field. */
export const findingFor = (part: Part, findings: readonly Finding[]): Finding | null =>
  findings.find((finding) => {
    const span = spanOf(finding);
    return span !== null && span.start < part.end && part.start < span.end;
  }) ?? null;
