import type { StoreFacts } from "../../protocol/facts.ts";
import type { ProvenChunkSize } from "../../protocol/repair.ts";
import type { Core } from "../core.ts";

/**
 * The chunk size that a right header has to have, and what speaks for it: a table that only reads
 * by it, the header itself, the table line, the layout; a field that survived a wrong magic.
 * @param blank whether all behind the header is zero: no chunk was copied yet.
 */
export function provenChunkSize(
  core: Core,
  facts: StoreFacts,
  blank: boolean,
): ProvenChunkSize | null {
  const better = facts.findings.find(({ code }) => code === "header.chunk-size.contradicted");
  if (better) return { sectors: Number(better.expected), by: "table" };
  switch (facts.chunkSizeFrom) {
    case "header":
      return { sectors: facts.chunkSize, by: "header" };
    case "table":
      return { sectors: facts.chunkSize, by: "table-line" };
    case "inferred":
      return { sectors: facts.chunkSize, by: "table" };
    case "default":
      break;
  }
  const { header } = facts;
  const field = header !== null && header.version === 1 && header.valid <= 1;
  if (field && core.size_readable(header.chunkSize)) {
    return { sectors: header.chunkSize, by: "field" };
  }
  return blank && header?.magic === core.SNAP_MAGIC.value >>> 0
    ? { sectors: facts.chunkSize, by: "any" }
    : null;
}
