import { type BlockSource, isRun, type Range, SourceError } from "./block-source.ts";
import type { DecodedCache } from "./decoded-cache.ts";
import type { Extent, Mapping } from "./mapping.ts";
import { type Copy, cutFrom, type Unpacking } from "./unpacking.ts";

/** All that is wanted of one child, in one read. */
export interface ChildRead {
  child: number;
  ranges: Range[];
  length: number;
  copies: Copy[];
  unpackings: Map<string, Unpacking>;
}

/** How ranges of a layer are put together from its children; what no step writes is zeros. */
export interface ReadPlan {
  /** Of the answer, in bytes. */
  length: number;
  reads: ChildRead[];
  /** Bytes that are at hand. */
  ready: { at: number; bytes: Uint8Array }[];
}

/**
 * Plans one read. Nothing the mapping answers is believed: a child must hold what it is said to
 * hold. @throws SourceError
 */
export function planRead(
  mapping: Mapping,
  path: string,
  ranges: readonly Range[],
  decoded: DecodedCache,
): ReadPlan {
  const plan = new Planner(mapping.children, path, decoded);
  for (const { offset, length } of ranges) {
    if (!isRun(offset, length, mapping.size)) {
      throw new SourceError("unreadable", offset, `it ends at byte ${mapping.size}`, path);
    }
    if (length === 0) continue;
    let covered = 0;
    for (const extent of mapping.extents(offset, length)) {
      if (extent.length === 0 || !isRun(0, extent.length, length - covered)) {
        throw notCovered(offset + covered, path);
      }
      plan.add(extent, offset + covered);
      covered += extent.length;
    }
    if (covered !== length) throw notCovered(offset + covered, path);
  }
  return { length: plan.length, reads: [...plan.reads.values()], ready: plan.ready };
}

/** What a mapping says of a range does not add up to it. */
function notCovered(offset: number, path: string): SourceError {
  return new SourceError("unreadable", offset, "where it lies is not said", path);
}

class Planner {
  length = 0;
  readonly reads = new Map<number, ChildRead>();
  readonly ready: ReadPlan["ready"] = [];

  constructor(
    private readonly children: readonly BlockSource[],
    private readonly path: string,
    private readonly decoded: DecodedCache,
  ) {}

  /** @param offset of the extent in the layer, for errors. */
  add(extent: Extent, offset: number): void {
    const at = this.length;
    switch (extent.from) {
      case "zeros":
        break;
      case "hole":
        throw new SourceError("hole", offset, extent.why, this.path);
      case "bytes":
        this.expect(extent.bytes.length === extent.length, offset, "bytes are missing");
        this.ready.push({ at, bytes: extent.bytes });
        break;
      case "child":
        this.expectInside(extent.child, extent.offset, extent.length, offset);
        this.copy(extent.child, extent.offset, extent.length);
        break;
      case "decode":
        this.expectInside(extent.child, extent.offset, extent.packed, offset);
        this.unpack(extent, offset);
        break;
    }
    this.length += extent.length;
  }

  private copy(child: number, offset: number, length: number): void {
    const read = this.readOf(child);
    const copy = { at: this.length, offset: read.length, length };
    const last = read.copies.at(-1);
    if (last && last.at + last.length === copy.at && last.offset + last.length === copy.offset) {
      last.length += length;
    } else read.copies.push(copy);
    append(read, offset, length);
  }

  private unpack(extent: Extent & { from: "decode" }, layerOffset: number): void {
    const { child, offset, packed, decode, within, length } = extent;
    const key = `${child} ${offset} ${packed}`;
    const cut = { at: this.length, offset: within, length, layerOffset };
    const known = this.decoded.get(key);
    if (known) {
      this.ready.push({ at: cut.at, bytes: cutFrom(known, cut, this.path) });
      return;
    }
    const read = this.readOf(child);
    const same = read.unpackings.get(key);
    if (same) {
      same.cuts.push(cut);
      return;
    }
    read.unpackings.set(key, { key, start: read.length, packed, decode, cuts: [cut] });
    append(read, offset, packed);
  }

  private readOf(child: number): ChildRead {
    let read = this.reads.get(child);
    if (!read) {
      read = { child, ranges: [], length: 0, copies: [], unpackings: new Map() };
      this.reads.set(child, read);
    }
    return read;
  }

  private expectInside(child: number, start: number, length: number, offset: number): void {
    const source = this.children[child];
    this.expect(source !== undefined, offset, `it lies in part ${child}, which is not there`);
    this.expect(
      isRun(start, length, source.size),
      offset,
      `it lies at byte ${start} of ${source.path ?? "the image"}, which ends at byte ${source.size}`,
    );
  }

  private expect(holds: boolean, offset: number, message: string): asserts holds {
    if (!holds) throw new SourceError("unreadable", offset, message, this.path);
  }
}

function append(read: ChildRead, offset: number, length: number): void {
  const last = read.ranges.at(-1);
  if (last && last.offset + last.length === offset) last.length += length;
  else read.ranges.push({ offset, length });
  read.length += length;
}
