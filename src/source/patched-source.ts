import { inOrder, type Patch } from "../protocol/patch.ts";
import { type BlockSource, type Range, SourceError } from "./block-source.ts";
import { MappedSource } from "./mapped-source.ts";
import type { Extent, Mapping } from "./mapping.ts";

/**
 * A source with other bytes in places; the source itself stays as it is.
 * @throws RangeError if patches overlap or lie outside of the source.
 */
export class PatchedSource extends MappedSource {
  constructor(source: BlockSource, patches: readonly Patch[], path = "patched") {
    super(new PatchMapping(source, inOrder(patches, source.size), path));
  }
}

class PatchMapping implements Mapping {
  readonly size: number;
  readonly children: readonly BlockSource[];

  /** @param patches in the order of their offsets. */
  constructor(
    source: BlockSource,
    private readonly patches: readonly Patch[],
    readonly path: string,
  ) {
    this.size = source.size;
    this.children = [source];
  }

  extents(offset: number, length: number): Extent[] {
    const extents: Extent[] = [];
    const end = offset + length;
    let at = offset;
    const own = (until: number) => {
      if (until > at) extents.push({ from: "child", child: 0, offset: at, length: until - at });
    };
    for (let i = this.firstEndingBehind(offset); i < this.patches.length; i++) {
      const patch = this.patches[i];
      if (!patch || patch.offset >= end) break;
      own(patch.offset);
      at = Math.max(at, patch.offset);
      const until = Math.min(patch.offset + patch.bytes.length, end);
      if (until <= at) continue;
      const bytes = patch.bytes.subarray(at - patch.offset, until - patch.offset);
      extents.push({ from: "bytes", bytes, length: bytes.length });
      at = until;
    }
    own(end);
    return extents;
  }

  private firstEndingBehind(offset: number): number {
    let low = 0;
    let high = this.patches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const patch = this.patches[middle];
      if (patch && patch.offset + patch.bytes.length <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Checks that `source` still holds what the patches take the place of.
 * @throws SourceError of kind "changed" at the first byte that differs.
 */
export async function expectBefore(source: BlockSource, patches: readonly Patch[]): Promise<void> {
  for (const { offset, before } of patches) {
    if (!before) continue;
    const range: Range = { offset, length: before.length };
    const bytes = await source.read([range]);
    const differs = before.findIndex((byte, i) => byte !== bytes[i]);
    if (differs < 0) continue;
    throw new SourceError("changed", offset + differs, "it holds other bytes now", source.path);
  }
}
