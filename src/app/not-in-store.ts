import type { InspectLink } from "../address/inspect-address.ts";
import type { BrokenPart } from "../address/replay-address.ts";
import type { OpenedStore } from "../protocol/store-service.ts";
import { areasToShow } from "../views/inspect/areas-to-show.ts";

/** What an address names that the open store does not have: the view leaves it out. */
export function notInStore({ area, bytes }: InspectLink, store: OpenedStore): BrokenPart[] {
  const broken: BrokenPart[] = [];
  if (area >= areasToShow(store)) broken.push({ key: "area", found: String(area) });
  if (bytes !== null && BigInt(bytes.end) > BigInt(store.report.image.bytes)) {
    broken.push({ key: "bytes", found: `${bytes.start}-${bytes.end - 1}` });
  }
  return broken;
}
