import { xxh32 } from "../../src/container/lz4/xxh32.ts";
import { crc32 } from "../../src/container/stream/crc32.ts";
import { crc32c } from "../../src/container/vhdx/crc32c.ts";
import { lvmChecksum } from "../lvm2-builder.ts";
import type { Damaged } from "./damaged.ts";

/** A checksum is put right by the reader's own code: what is fuzzed is what lies behind it. */
const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** "EFI PART" in the second sector and the last, of 512 or 4096 bytes. */
export function rightGpt(damaged: Damaged): void {
  const { bytes } = damaged;
  for (const sector of [512, 4096]) {
    for (const at of [sector, bytes.length - sector]) {
      if (at < 0 || Buffer.from(bytes.subarray(at, at + 8)).toString("latin1") !== "EFI PART") {
        continue;
      }
      const field = (offset: number, length: number) =>
        Number(damaged.numberAt(at + offset, length, true));
      const entries = field(72, 8) * sector;
      const length = field(80, 4) * field(84, 4);
      if (length <= 1 << 20 && entries + length <= bytes.length) {
        const sum = crc32(0, bytes.subarray(entries, entries + length));
        damaged.putNumber(at + 88, BigInt(sum >>> 0), 4, true);
      }
      damaged.putNumber(at + 16, 0n, 4, true);
      const sum = crc32(0, bytes.subarray(at, at + Math.min(field(12, 4), sector)));
      damaged.putNumber(at + 16, BigInt(sum >>> 0), 4, true);
    }
  }
}

/** Where labels of physical volumes lie: "LABELONE" at the start of a sector. */
export function labelsIn(bytes: Uint8Array): number[] {
  const labels: number[] = [];
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = whole.indexOf("LABELONE"); at >= 0; at = whole.indexOf("LABELONE", at + 1)) {
    if (at % 512 === 0) labels.push(at);
  }
  return labels;
}

/** Metadata areas and the text in force in each: as places in the bytes. */
export function metadataAreas(bytes: Uint8Array): { at: number; text: number; length: number }[] {
  const areas: { at: number; text: number; length: number }[] = [];
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const magic = " LVM2 x[5A%r0N*>";
  for (let found = whole.indexOf(magic); found >= 0; found = whole.indexOf(magic, found + 1)) {
    const at = found - 4;
    if (at % 512 !== 0) continue;
    const offset = Number(viewOf(bytes).getBigUint64(at + 40, true));
    const length = Number(viewOf(bytes).getBigUint64(at + 48, true));
    if (at + offset + length <= bytes.length) areas.push({ at, text: at + offset, length });
  }
  return areas;
}

/** Labels, headers of metadata areas, and the text that they point to. */
export function rightLvm(
  damaged: Damaged,
  labels: readonly number[],
  areas: readonly number[],
): void {
  const { bytes } = damaged;
  for (const at of labels) {
    if (at + 512 > bytes.length) continue;
    const sum = lvmChecksum(bytes.subarray(at + 20, at + 512));
    damaged.putNumber(at + 16, BigInt(sum), 4, true);
  }
  for (const at of areas) {
    if (at + 512 > bytes.length) continue;
    const text = at + Number(damaged.numberAt(at + 40, 8, true));
    const length = Number(damaged.numberAt(at + 48, 8, true));
    if (length < 1 << 17 && text + length <= bytes.length) {
      const sum = lvmChecksum(bytes.subarray(text, text + length));
      damaged.putNumber(at + 56, BigInt(sum), 4, true);
    }
    damaged.putNumber(at, BigInt(lvmChecksum(bytes.subarray(at + 4, at + 512))), 4, true);
  }
}

/** The complement of the sum of all bytes of a structure but its own four ([MS-VHD]). */
function rightVhdSum(damaged: Damaged, at: number, length: number, own: number): void {
  if (at < 0 || at + length > damaged.bytes.length) return;
  let sum = 0;
  for (let i = 0; i < length; i++) {
    if (i < own || i >= own + 4) sum += damaged.bytes[at + i] ?? 0;
  }
  damaged.putNumber(at + own, BigInt(~sum >>> 0), 4, false);
}

export function rightVhd(damaged: Damaged): void {
  const { bytes } = damaged;
  for (const at of [0, bytes.length - 512]) {
    if (Buffer.from(bytes.subarray(at, at + 8)).toString("latin1") === "conectix") {
      rightVhdSum(damaged, at, 512, 64);
    }
  }
  const header = Number(damaged.numberAt(16, 8, false));
  if (Buffer.from(bytes.subarray(header, header + 8)).toString("latin1") === "cxsparse") {
    rightVhdSum(damaged, header, 1024, 36);
  }
}

/** Headers of 4 KiB at 64 and 128 KiB, region tables of 64 KiB at 192 and 256 KiB ([MS-VHDX]). */
export function rightVhdx(damaged: Damaged): void {
  for (const [at, length] of [
    [64, 4],
    [128, 4],
    [192, 64],
    [256, 64],
  ].map((kib) => kib.map((one) => one << 10)) as [number, number][]) {
    if (at + length > damaged.bytes.length) continue;
    const sum = crc32c(viewOf(damaged.bytes.subarray(at, at + length)), 4);
    damaged.putNumber(at + 4, BigInt(sum), 4, true);
  }
}

/** Stream header, the first block's header and the stream footer of an .xz (its specification, 2). */
export function rightXz(damaged: Damaged): void {
  const right = (from: number, until: number) => {
    if (from < 0 || until <= from || until + 4 > damaged.bytes.length) return;
    const sum = crc32(0, damaged.bytes.subarray(from, until));
    damaged.putNumber(until, BigInt(sum >>> 0), 4, true);
  };
  right(6, 8);
  right(12, 12 + ((damaged.bytes[12] ?? 0) + 1) * 4 - 4);
  const footer = damaged.bytes.length - 12;
  if (footer < 0) return;
  const sum = crc32(0, damaged.bytes.subarray(footer + 4, footer + 10));
  damaged.putNumber(footer, BigInt(sum >>> 0), 4, true);
  const index = footer - (Number(damaged.numberAt(footer + 4, 4, true)) + 1) * 4;
  right(index, footer - 4);
}

/** The frame's descriptor, by its flags: with the content's size, with a dictionary. */
export function rightLz4(damaged: Damaged): void {
  const { bytes } = damaged;
  const flags = bytes[4] ?? 0;
  const length = 2 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0);
  const sum = (xxh32(bytes.subarray(4, 4 + length)) >> 8) & 0xff;
  damaged.put(4 + length, Uint8Array.of(sum));
}

/** The sum of a header's bytes, its own eight as spaces, in octal. */
export function rightTar(damaged: Damaged, headers: readonly number[]): void {
  for (const at of headers) {
    if (at + 512 > damaged.bytes.length) continue;
    let sum = 8 * 32;
    for (let i = 0; i < 512; i++) {
      if (i < 148 || i >= 156) sum += damaged.bytes[at + i] ?? 0;
    }
    damaged.put(at + 148, Buffer.from(`${sum.toString(8).padStart(6, "0")}\0 `));
  }
}
