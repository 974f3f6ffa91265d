import { spanOf } from "../../hex/marks.ts";
import type { Span } from "../../hex/span.ts";
import type { Finding } from "../../protocol/finding.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";

/** The bytes of a finding, and the area to show for them; null for the header's chunk. */
export interface FindingPlace {
  span: Span;
  area: number | null;
}

/** Where the page can show a finding's bytes; null if they lie in no chunk that it shows. */
export function placeOf(finding: Finding, store: OpenedStore): FindingPlace | null {
  const span = spanOf(finding);
  if (span === null || span.start >= Number(store.report.image.bytes)) return null;
  if (finding.where.area === null) {
    return finding.where.chunk === "0" ? { span, area: null } : null;
  }
  return { span, area: Number(finding.where.area) };
}
