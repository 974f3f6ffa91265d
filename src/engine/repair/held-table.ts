import type { Patch } from "../../protocol/patch.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { type Core, getBytes, putBytes } from "../core.ts";
import { patchesBetween } from "./diff.ts";

/** Exceptions that are held at once, in entries of 16 bytes: 256 MiB, and half as much beside them. */
export const MOST_SLOTS = 1 << 24;
/** Places that differ: more of them are nothing that a plan could list. */
const MOST_PATCHES = 1 << 16;

interface HeldPiece {
  /** In the core's memory. */
  at: number;
  /** In the image, in bytes. */
  offset: number;
}

/** A table's areas in the core's memory, to be changed there; the image is only read. */
export class HeldTable {
  private readonly pieces: HeldPiece[] = [];
  private areas = 0;

  constructor(
    private readonly core: Core,
    private readonly source: BlockSource,
  ) {}

  /** Whether an area lies wholly on the device. */
  isThere(area: number): boolean {
    return this.core.piece_offset(area * this.piecesPerArea) >= 0;
  }

  /** Takes in the next area. @returns its last piece; null: it is too much. @throws SourceError */
  async holdNext(): Promise<Uint8Array<ArrayBuffer> | null> {
    const { core, piecesPerArea } = this;
    if ((this.areas + 1) * core.get_per_area() > MOST_SLOTS) return null;
    const length = core.piece_entries() * core.EXCEPTION_BYTES.value;
    let bytes = new Uint8Array(0);
    for (let i = 0; i < piecesPerArea; i++) {
      const piece = this.areas * piecesPerArea + i;
      const offset = core.piece_offset(piece);
      bytes = await this.source.read([{ offset, length }]);
      const at = core.reserve_rows(length);
      if (at === 0) return null;
      putBytes(core, at, bytes);
      if (!core.hold_piece(piece, at)) return null;
      this.pieces.push({ at, offset });
    }
    this.areas += 1;
    return bytes;
  }

  /** What differs now from the image. @returns null where it is too much. @throws SourceError */
  async patches(): Promise<Required<Patch>[] | null> {
    const { core, source } = this;
    const length = core.piece_entries() * core.EXCEPTION_BYTES.value;
    const patches: Required<Patch>[] = [];
    for (const { at, offset } of this.pieces) {
      const before = await source.read([{ offset, length }]);
      patches.push(...patchesBetween(before, getBytes(core, at, length), offset));
      if (patches.length > MOST_PATCHES) return null;
    }
    return patches;
  }

  private get piecesPerArea(): number {
    return this.core.get_per_area() / this.core.piece_entries();
  }
}
