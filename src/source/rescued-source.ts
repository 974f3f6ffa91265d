import type { BlockStatus, MapBlock } from "../protocol/mapfile.ts";
import { type BlockSource, SourceError } from "./block-source.ts";
import { MappedSource } from "./mapped-source.ts";
import type { Extent, Mapping } from "./mapping.ts";

const NOT_IN_IT = "the mapfile does not say that ddrescue read it";

/** What ddrescue has not got of a device: its manual's words for the status of a block. */
const WHY: Record<Exclude<BlockStatus, "+">, string> = {
  "?": "ddrescue has not tried it yet",
  "*": "ddrescue could not read it (not trimmed yet)",
  "/": "ddrescue could not read it (not scraped yet)",
  "-": "ddrescue could not read it (bad sector)",
};

/** Whether a hole is one that ddrescue may yet fill. @param why as a reader of it is told. */
export const isNotRescued = (why: string): boolean =>
  why === NOT_IN_IT || Object.values(WHY).includes(why);

/** A run that is not there, in bytes. */
interface Hole {
  offset: number;
  end: number;
  why: string;
}

/**
 * The copy that ddrescue made of a device: what its mapfile does not call rescued is a hole, never
 * zeros. As long as the mapfile says, where the file ends before.
 * @throws SourceError where the mapfile is not of this file.
 */
export class RescuedSource extends MappedSource {
  constructor(file: BlockSource, blocks: readonly MapBlock[]) {
    super(new RescuedMapping(file, blocks));
  }
}

class RescuedMapping implements Mapping {
  readonly size: number;
  readonly path = "ddrescue's copy";
  readonly children: readonly BlockSource[];
  private readonly holes: readonly Hole[];

  constructor(file: BlockSource, blocks: readonly MapBlock[]) {
    const last = blocks.at(-1);
    const end = last ? Number(last.offset + last.length) : 0;
    this.size = Math.max(file.size, end);
    this.children = [file];
    this.holes = [...holesOf(blocks, file.size, this.size)];
  }

  extents(offset: number, length: number): Extent[] {
    const extents: Extent[] = [];
    const end = offset + length;
    let at = offset;
    const own = (until: number) => {
      if (until > at) extents.push({ from: "child", child: 0, offset: at, length: until - at });
      at = Math.max(at, until);
    };
    for (let i = this.firstEndingBehind(offset); i < this.holes.length; i++) {
      const hole = this.holes[i];
      if (!hole || hole.offset >= end) break;
      own(hole.offset);
      const until = Math.min(hole.end, end);
      extents.push({ from: "hole", why: hole.why, length: until - at });
      at = until;
    }
    own(end);
    return extents;
  }

  private firstEndingBehind(offset: number): number {
    let [low, high] = [0, this.holes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.holes[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function* holesOf(blocks: readonly MapBlock[], fileBytes: number, size: number): Generator<Hole> {
  let at = 0;
  for (const { offset, length, status } of blocks) {
    const [from, end] = [Number(offset), Number(offset + length)];
    if (from > at) yield { offset: at, end: from, why: NOT_IN_IT };
    if (status !== "+") yield { offset: from, end, why: WHY[status] };
    else if (end > fileBytes) {
      throw new SourceError(
        "unreadable",
        fileBytes,
        `its mapfile calls bytes rescued up to ${end}, and it has ${fileBytes}`,
      );
    }
    at = end;
  }
  if (size > at) yield { offset: at, end: size, why: NOT_IN_IT };
}
