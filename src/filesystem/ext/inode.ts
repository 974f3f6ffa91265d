import type { Device } from "../device.ts";
import type { Inode } from "../file-system.ts";
import { Invalid } from "../invalid.ts";
import { typeOfMode } from "../modes.ts";
import { inodeTable } from "./groups.ts";
import type { ExtSuperblock } from "./superblock.ts";

/** struct ext4_inode, i_flags. */
const FLAGS = { extents: 0x80000, inlineData: 0x10000000 } as const;
export const I_BLOCK = { offset: 0x28, length: 60 };

/** @throws Invalid, SourceError */
export async function readInode(
  device: Device,
  superblock: ExtSuperblock,
  number: bigint,
): Promise<Inode> {
  const { inodes, inodesPerGroup, inodeBytes, blockBytes } = superblock;
  if (number < 1n || number > BigInt(inodes)) {
    throw new Invalid(`there is no inode ${number}: it has ${inodes}`);
  }
  const index = Number(number) - 1;
  const { table, descriptor } = await inodeTable(
    device,
    superblock,
    Math.floor(index / inodesPerGroup),
  );
  const offset = table * blockBytes + (index % inodesPerGroup) * inodeBytes;
  const bytes = await device.view(offset, inodeBytes);
  const mode = bytes.getUint16(0, true);
  const type = typeOfMode(mode);
  if (mode === 0) throw new Invalid(`inode ${number} is free`);
  const u16 = (at: number) => bytes.getUint16(at, true);
  const high = type === "file" || (type === "directory" && superblock.largeDir);
  return {
    number,
    at: { offset, length: inodeBytes },
    via: descriptor,
    type,
    mode,
    uid: u16(2) + u16(0x78) * 65536,
    gid: u16(0x18) + u16(0x7a) * 65536,
    links: u16(0x1a),
    size: sizeOf(bytes, high),
    mtime: mtime(bytes),
    bytes,
  };
}

/** ext4_isize(). @throws Invalid */
function sizeOf(bytes: DataView, high: boolean): bigint {
  const low = BigInt(bytes.getUint32(4, true));
  const size = high ? low | (BigInt(bytes.getUint32(0x6c, true)) << 32n) : low;
  if (size >= 1n << 63n) throw new Invalid(`its size of ${size} bytes cannot be`);
  return size;
}

/** EXT4_INODE_GET_XTIME(): seconds are signed, two more bits and nanoseconds may stand behind. */
function mtime(bytes: DataView): Inode["mtime"] {
  const seconds = BigInt(bytes.getInt32(0x10, true));
  if (extraBytes(bytes) < 0x8c - 0x80) return { seconds, nanoseconds: 0 };
  const extra = bytes.getUint32(0x88, true);
  return { seconds: seconds + (BigInt(extra & 3) << 32n), nanoseconds: extra >>> 2 };
}

/** Of the inode behind its first 128 bytes: how many are fields. */
export function extraBytes(bytes: DataView): number {
  if (bytes.byteLength <= 128) return 0;
  return Math.min(bytes.getUint16(0x80, true), bytes.byteLength - 128);
}

const flags = (inode: Inode): number => inode.bytes.getUint32(0x20, true);
export const usesExtents = (inode: Inode): boolean => (flags(inode) & FLAGS.extents) !== 0;
export const isInline = (inode: Inode): boolean => (flags(inode) & FLAGS.inlineData) !== 0;

/** ext4_inode_is_fast_symlink(): it has no block but that of its attributes. */
export function isFastSymlink(inode: Inode, { clusterBytes }: ExtSuperblock): boolean {
  if (inode.size >= BigInt(I_BLOCK.length)) return false;
  const sectors = inode.bytes.getUint32(0x1c, true);
  const attributes = inode.bytes.getUint32(0x68, true) === 0 ? 0 : clusterBytes / 512;
  return sectors === attributes;
}

/** The bytes of i_block. */
export function blockField({ bytes }: Inode): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + I_BLOCK.offset, I_BLOCK.length);
}
