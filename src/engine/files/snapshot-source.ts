import type { BlockSource } from "../../source/block-source.ts";
import { MappedSource } from "../../source/mapped-source.ts";
import type { Extent, Mapping } from "../../source/mapping.ts";
import type { SnapshotMap } from "../snapshot/snapshot-map.ts";

/** The snapshot device, readable at any offset: what the kernel answers with EIO is a hole. */
export function snapshotSource(
  map: SnapshotMap,
  origin: BlockSource,
  cow: BlockSource,
): MappedSource {
  return new MappedSource(new SnapshotMapping(map, [origin, cow]));
}

class SnapshotMapping implements Mapping {
  readonly path = "snapshot";
  readonly size: number;

  constructor(
    private readonly map: SnapshotMap,
    readonly children: readonly BlockSource[],
  ) {
    this.size = map.bytes;
  }

  extents(offset: number, length: number): Extent[] {
    return [...this.map.within(offset, length)].map((extent): Extent => {
      if (extent.from === "error") {
        return { from: "hole", why: "the kernel answers with EIO", length: extent.length };
      }
      const child = extent.from === "origin" ? 0 : 1;
      return { from: "child", child, offset: extent.offset, length: extent.length };
    });
  }
}
