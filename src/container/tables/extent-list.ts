import type { BlockSource } from "../../source/block-source.ts";
import type { Extent } from "../../source/mapping.ts";

/** Extents in order; what goes on where the last one ended becomes part of it. */
export class ExtentList {
  readonly extents: Extent[] = [];

  /** @param offset in the child, bytes. */
  child(child: number, offset: number, length: number): void {
    if (length === 0) return;
    const last = this.extents.at(-1);
    if (last?.from === "child" && last.child === child && last.offset + last.length === offset) {
      last.length += length;
    } else this.extents.push({ from: "child", child, offset, length });
  }

  zeros(length: number): void {
    if (length === 0) return;
    const last = this.extents.at(-1);
    if (last?.from === "zeros") last.length += length;
    else this.extents.push({ from: "zeros", length });
  }

  hole(why: string, length: number): void {
    if (length === 0) return;
    const last = this.extents.at(-1);
    if (last?.from === "hole" && last.why === why) last.length += length;
    else this.extents.push({ from: "hole", why, length });
  }

  bytes(bytes: Uint8Array): void {
    this.extents.push({ from: "bytes", bytes, length: bytes.length });
  }

  packed(extent: Extent & { from: "decode" }): void {
    this.extents.push(extent);
  }

  /** As much as there is of a child, then a hole: what was cut off is no zeros. */
  childOrHole(child: number, source: BlockSource, offset: number, length: number): void {
    const there = Math.min(Math.max(source.size - offset, 0), length);
    this.child(child, offset, there);
    this.hole(BEHIND_THE_END, length - there);
  }

  /** As much as there is of a child, then zeros: a disk that grew over its backing file. */
  childOrZeros(child: number, source: BlockSource, offset: number, length: number): void {
    const there = Math.min(Math.max(source.size - offset, 0), length);
    this.child(child, offset, there);
    this.zeros(length - there);
  }
}

export const BEHIND_THE_END = "it lies behind the end of the file, which was cut off";
