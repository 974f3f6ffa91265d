import type { StoreFacts } from "../../protocol/facts.ts";
import type { ProvenChunkSize } from "../../protocol/repair.ts";
import type { Core } from "../core.ts";
import { hasMagic, hasRightFields } from "../read/read-start.ts";

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
  if (header === null) return null;
  if (hasRightFields(core, header)) return { sectors: header.chunkSize, by: "field" };
  return blank && hasMagic(core, header) ? { sectors: facts.chunkSize, by: "any" } : null;
}
