import type { HeaderFields } from "../../protocol/facts.ts";
import type { ProvenChunkSize } from "../../protocol/repair.ts";
import { hex, plural } from "../words.ts";

const PROOFS: Record<ProvenChunkSize["by"], string> = {
  header: "the chunk size stands in the header, and the table reads well by it",
  "table-line": "the chunk size is the table line's",
  table: "the chunk size is the one by which areas and chunks lie where they should",
  field: "the chunk size is the one that survived in the header",
  any: "nothing was copied yet, so every chunk size reads the same",
};

/** Which fields a right header changes, and what speaks for its chunk size; "" where none do. */
export function headerChange(
  now: HeaderFields | null,
  right: HeaderFields | null,
  { sectors, by }: ProvenChunkSize,
): string {
  if (!now || !right) return "";
  const fields = [
    now.magic === right.magic ? "" : `magic (${hex(BigInt(now.magic))} becomes “SnAp”)`,
    now.valid === right.valid ? "" : `valid (${now.valid} becomes ${right.valid})`,
    now.version === right.version ? "" : `version (${now.version} becomes 1)`,
    now.chunkSize === right.chunkSize
      ? ""
      : `chunk size (${now.chunkSize} becomes ${plural(sectors, "sector")})`,
  ].filter((field) => field !== "");
  return fields.length === 0 ? "" : `It changes ${listing(fields)}; ${PROOFS[by]}.`;
}

/** a, b and c. */
export function listing(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
