import type { ImageFile } from "../image-file.ts";

/** What the footer of a VHD says; all numbers in it are big endian. */
export interface Footer {
  /** In bytes, of the disk. */
  size: number;
  type: number;
  /** Where the header of a dynamic disk lies in the file, in bytes. */
  headerAt: bigint;
}

export const FIXED = 2;
export const DYNAMIC = 3;

export const FOOTER_BYTES = 512;
/** Virtual PC before 2004 wrote a byte less. */
export const SHORT_FOOTER_BYTES = 511;
const SECTOR = 512;
/** "conectix" */
const COOKIE = 0x636f_6e65_6374_6978n;
const CHECKSUM_AT = 64;
/** The largest disk whose size cylinders, heads and sectors can say; larger ones say this too. */
const MOST_GEOMETRY = 65_535 * 16 * 255;
/** Who goes by cylinders, heads and sectors where the two sizes differ. */
const BY_GEOMETRY = ["vpc ", "qemu"];

export function isFooter(view: DataView): boolean {
  return (
    view.byteLength >= SHORT_FOOTER_BYTES &&
    view.getBigUint64(0) === COOKIE &&
    checksum(view, CHECKSUM_AT) === view.getUint32(CHECKSUM_AT)
  );
}

/** Of all bytes but its own four: their sum, turned over. */
export function checksum(view: DataView, at: number): number {
  let sum = 0;
  for (let i = 0; i < view.byteLength; i++) {
    if (i < at || i >= at + 4) sum += view.getUint8(i);
  }
  return ~sum >>> 0;
}

export function parseFooter(file: ImageFile, view: DataView): Footer {
  return {
    size: file.number(diskSize(view), Number.MAX_SAFE_INTEGER, "the size of the disk"),
    type: view.getUint32(60),
    headerAt: view.getBigUint64(16),
  };
}

/** As qemu's vpc_open (block/vpc.c) has come to do: older versions believe the geometry of more writers. */
function diskSize(view: DataView): bigint {
  const creator = String.fromCharCode(...[28, 29, 30, 31].map((at) => view.getUint8(at)));
  const sectors = view.getUint16(56) * view.getUint8(58) * view.getUint8(59);
  if (!BY_GEOMETRY.includes(creator) || sectors === MOST_GEOMETRY) return view.getBigUint64(48);
  return BigInt(sectors) * BigInt(SECTOR);
}
