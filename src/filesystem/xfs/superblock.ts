import type { FileSystemFacts } from "../../protocol/files.ts";
import { Invalid } from "../invalid.ts";
import { labelText, uuidText } from "../names.ts";

/** Of the first allocation group, in bytes. */
export const SUPERBLOCK = { offset: 0, length: 264 };
const MAGIC = 0x58465342;

/** fs/xfs/libxfs/xfs_format.h: XFS_SB_VERSION_*, XFS_SB_VERSION2_FTYPE, XFS_SB_FEAT_INCOMPAT_*. */
const DIR_V2 = 0x2000;
const MORE_BITS = 0x8000;
const FTYPE_V4 = 0x200;
const FTYPE_V5 = 0x1;
const NEEDS_REPAIR = 0x10;
/** XFS_SB_FEAT_INCOMPAT_ALL of Linux 6.1. */
const INCOMPAT_KNOWN = 0x3f;

/** struct xfs_dsb, as far as reading needs it. */
export interface XfsSuperblock {
  facts: FileSystemFacts;
  v5: boolean;
  blockBytes: number;
  blocks: number;
  groupBlocks: number;
  /** log2 of the group's blocks, rounded up: inode and block numbers have the group above it. */
  groupBlocksLog: bigint;
  groups: number;
  inodeBytes: number;
  inodesPerBlockLog: bigint;
  directoryBlockBytes: number;
  fileType: boolean;
  root: bigint;
}

export const isXfs = (view: DataView): boolean => view.getUint32(0) === MAGIC;

/** @throws Invalid where it cannot be the superblock of a file system that Linux mounts. */
export function readSuperblock(view: DataView): XfsSuperblock {
  const u32 = (at: number) => view.getUint32(at);
  const u8 = (at: number) => view.getUint8(at);
  const version = view.getUint16(100) & 15;
  if (version !== 4 && version !== 5) throw new Invalid(`its version is ${version}`);
  const v5 = version === 5;
  if (!v5 && (view.getUint16(100) & DIR_V2) === 0) {
    throw new Invalid("its directories are of version 1, which Linux does not read");
  }
  const blockBytes = u32(4);
  const blocks = Number(view.getBigUint64(8));
  const inodeBytes = view.getUint16(104);
  const inodesPerBlock = view.getUint16(106);
  const groupBlocks = u32(84);
  const groups = u32(88);
  const directoryBlockBytes = blockBytes * 2 ** u8(192);
  const sound =
    isPowerOf2(blockBytes, 512, 65536) &&
    u8(120) === Math.log2(blockBytes) &&
    isPowerOf2(inodeBytes, 256, Math.min(2048, blockBytes)) &&
    inodesPerBlock * inodeBytes === blockBytes &&
    u8(123) === Math.log2(inodesPerBlock) &&
    groupBlocks > 0 &&
    u8(124) === Math.ceil(Math.log2(groupBlocks)) &&
    groups > 0 &&
    blocks <= groups * groupBlocks &&
    Number.isSafeInteger(groups * groupBlocks * blockBytes) &&
    directoryBlockBytes <= 65536;
  if (!sound) throw new Invalid("the sizes in its superblock contradict each other");
  const bytesOf = (at: number, length: number) =>
    new Uint8Array(view.buffer, view.byteOffset + at, length);
  const more = (view.getUint16(100) & MORE_BITS) !== 0;
  return {
    facts: {
      kind: "xfs",
      label: labelText(bytesOf(108, 12)),
      uuid: uuidText(bytesOf(32, 16)),
      blockBytes,
      bytes: String(blocks * blockBytes),
      notes: notes(v5 ? u32(216) : 0),
    },
    v5,
    blockBytes,
    blocks,
    groupBlocks,
    groupBlocksLog: BigInt(u8(124)),
    groups,
    inodeBytes,
    inodesPerBlockLog: BigInt(u8(123)),
    directoryBlockBytes,
    fileType: v5 ? (u32(216) & FTYPE_V5) !== 0 : more && (u32(200) & FTYPE_V4) !== 0,
    root: view.getBigUint64(56),
  };
}

/** Where a block number lies, in bytes: its group stands in the bits above. @throws Invalid */
export function blockOffset(superblock: XfsSuperblock, number: bigint): number {
  const { groupBlocksLog, groupBlocks, blockBytes, blocks } = superblock;
  const within = Number(number & ((1n << groupBlocksLog) - 1n));
  const block = Number(number >> groupBlocksLog) * groupBlocks + within;
  if (within >= groupBlocks || block >= blocks) {
    throw new Invalid(`block ${number} is not in the file system`);
  }
  return block * blockBytes;
}

function notes(incompat: number): string[] {
  const unknown = incompat & ~INCOMPAT_KNOWN;
  return [
    "Its log is not replayed: files are read as after mount -o ro,norecovery.",
    ...(incompat & NEEDS_REPAIR
      ? ["Its superblock says that it needs xfs_repair: Linux does not mount it before."]
      : []),
    ...(unknown !== 0
      ? [
          `It has features that Linux 6.1 does not know (0x${(unknown >>> 0).toString(16)}): what they change may be misread.`,
        ]
      : []),
  ];
}

const isPowerOf2 = (value: number, least: number, most: number): boolean =>
  value >= least && value <= most && (value & (value - 1)) === 0;
