import type { OuterLayer } from "../protocol/store-service.ts";
import type { BlockSource } from "../source/block-source.ts";
import { holds } from "./holds.ts";
import { mentionsTable } from "./partitions/partition-table.ts";
import { GLANCE_BYTES, readEnds, wrapperOf } from "./probe.ts";
import type { Wrapper } from "./wrapper.ts";

/** What lies around whatever the source holds, as far as its ends tell. @throws SourceError */
export async function outerLayer(
  source: BlockSource,
  wrappers: readonly Wrapper[],
): Promise<OuterLayer> {
  const ends = await readEnds(source, GLANCE_BYTES);
  if (wrapperOf(ends, source.size, wrappers) !== null) return "format";
  return mentionsTable(ends.head, ends.tail) || holds(ends.head) === "LVM2" ? "table" : "none";
}
