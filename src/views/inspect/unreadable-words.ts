import type { SnapshotReport } from "../../protocol/snapshot.ts";
import { grouped } from "../../ui/format.ts";

/** More would be more than anyone reads; `cowscope snapshot --json` lists them all. */
export const MOST_RANGES = 200;

/** "3, 7–9". */
export const rangeWords = (ranges: SnapshotReport["unreadableChunks"]): string =>
  ranges
    .slice(0, MOST_RANGES)
    .map(([first, last]) =>
      first === last ? grouped(first) : `${grouped(first)}–${grouped(last)}`,
    )
    .join(", ");
