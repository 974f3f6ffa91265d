import type { FindingMark } from "../../hex/marks.ts";
import { SeverityChip } from "../../ui/SeverityChip.tsx";

/** How many findings point into a chunk. */
export function MarkCounts({ counts }: { counts: Record<FindingMark, number> }) {
  return (
    <>
      {counts.wrong > 0 && <SeverityChip severity="fatal">{counts.wrong} wrong</SeverityChip>}
      {counts.odd > 0 && <SeverityChip severity="problem">{counts.odd} odd</SeverityChip>}
    </>
  );
}
