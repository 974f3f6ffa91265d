import type { Patch } from "../../protocol/patch.ts";
import type { HexPatch } from "../../protocol/repair.ts";

/** Bytes of a patch that are shown; the plan has all of them. */
export const MOST_SHOWN = 32;
const BYTES_IN_LINE = 8;

/** Two digits a byte, in lines; `other` is what stands on the other side. */
export interface HexLine {
  /** Of its first byte, in the image. */
  offset: number;
  bytes: HexByte[];
}

export interface HexByte {
  offset: number;
  hex: string;
  differs: boolean;
}

export function hexLines(offset: string, bytes: string, other: string): HexLine[] {
  const lines: HexLine[] = [];
  const first = Number(offset);
  const length = Math.min(bytes.length / 2, MOST_SHOWN);
  for (let at = 0; at < length; at += BYTES_IN_LINE) {
    const count = Math.min(BYTES_IN_LINE, length - at);
    const cells = Array.from({ length: count }, (_, i): HexByte => {
      const digits = [(at + i) * 2, (at + i + 1) * 2] as const;
      const hex = bytes.slice(...digits);
      return { offset: first + at + i, hex, differs: hex !== other.slice(...digits) };
    });
    lines.push({ offset: first + at, bytes: cells });
  }
  return lines;
}

/** A plan's patches as bytes. */
export const patchesOf = (patches: readonly HexPatch[]): Patch[] =>
  patches.map(({ offset, before, after }) => ({
    offset: Number(offset),
    bytes: fromHex(after),
    before: fromHex(before),
  }));

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  }
  return bytes;
}
