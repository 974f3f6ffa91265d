import type { OpenedStore } from "../../protocol/store-service.ts";
import { placeOf } from "./finding-place.ts";

/** How many areas can be stepped through: those the reader visited, and up to those in findings. */
export function areasToShow(store: OpenedStore): number {
  const named = store.report.findings.map((finding) => placeOf(finding, store)?.area ?? 0);
  return Math.max(store.areaCount, ...named.map((area) => area + 1));
}
