import type { BlockSource } from "../../source/block-source.ts";
import { MappedSource } from "../../source/mapped-source.ts";
import type { Extent, Mapping } from "../../source/mapping.ts";
import { type Core, getBytes, toWindow } from "../core.ts";
import type { Piece } from "./piece.ts";

export type Keep = Record<"slack" | "data", number>;

/** Bytes that are masked at a time: fits the core's window, and a probe of a chunk size whole. */
const BLOCK = 1 << 16;

/**
 * A store as a bundle holds it: its pieces, and zeros between them.
 * @param core described as the store was checked. @param pieces in order, none over another.
 * @param keep KEEP_* bits of the core, by what is masked.
 */
export function packedView(
  core: Core,
  source: BlockSource,
  pieces: readonly Piece[],
  keep: Keep,
): BlockSource {
  return new MappedSource(new PackedMapping(core, source, pieces, keep));
}

class PackedMapping implements Mapping {
  readonly path = "bundle";
  readonly size: number;
  readonly children: readonly BlockSource[];

  constructor(
    private readonly core: Core,
    source: BlockSource,
    private readonly pieces: readonly Piece[],
    private readonly keep: Keep,
  ) {
    this.size = source.size;
    this.children = [source];
  }

  extents(offset: number, length: number): Extent[] {
    const extents: Extent[] = [];
    const end = offset + length;
    let at = offset;
    const zeros = (until: number) => {
      if (until > at) extents.push({ from: "zeros", length: until - at });
      at = Math.max(at, until);
    };
    for (let i = this.firstEndingBehind(offset); i < this.pieces.length && at < end; i++) {
      const piece = this.pieces[i];
      if (!piece || piece.offset >= end) break;
      zeros(piece.offset);
      const until = Math.min(piece.offset + piece.length, end);
      if (piece.masked)
        for (; at < until; at += extents.at(-1)?.length ?? 0) {
          extents.push(this.masked(piece, at, until));
        }
      else {
        extents.push({ from: "child", child: 0, offset: at, length: until - at });
        at = until;
      }
    }
    zeros(end);
    return extents;
  }

  /** As far as the block that holds `at` goes. */
  private masked(piece: Piece, at: number, until: number): Extent {
    const block = at - ((at - piece.offset) % BLOCK);
    const packed = Math.min(BLOCK, piece.offset + piece.length - block);
    return {
      ...{ from: "decode", child: 0, offset: block, packed, within: at - block },
      decode: (bytes) => this.mask(piece, bytes),
      length: Math.min(until, block + packed) - at,
    };
  }

  private mask({ what }: Piece, bytes: Uint8Array): Uint8Array {
    const { core } = this;
    const at = toWindow(core, bytes);
    if (what === "slack") core.mask_slack(at, bytes.length, this.keep.slack);
    else core.mask_data(at, bytes.length, this.keep.data);
    return getBytes(core, at, bytes.length);
  }

  private firstEndingBehind(offset: number): number {
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = this.pieces[middle];
      if (piece && piece.offset + piece.length <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
