import type { FileSystemFacts, FileSystemKind } from "../../protocol/files.ts";
import { Invalid } from "../invalid.ts";
import { labelText, uuidText } from "../names.ts";

/** Where it lies and how long it is, in bytes. */
export const SUPERBLOCK = { offset: 1024, length: 1024 };
const MAGIC = 0xef53;

/** fs/ext4/ext4.h: EXT4_FEATURE_*. */
const COMPAT = { journal: 0x4, sparseSuper2: 0x200 } as const;
const RO_COMPAT = { sparseSuper: 0x1 } as const;
const RO_COMPAT_EXT4 = 0x8 | 0x10 | 0x20 | 0x40 | 0x200 | 0x400;
const INCOMPAT = {
  compression: 0x1,
  fileType: 0x2,
  recover: 0x4,
  journalDevice: 0x8,
  metaBg: 0x10,
  bits64: 0x80,
  dirData: 0x1000,
  largeDir: 0x4000,
  encrypt: 0x10000,
} as const;
const INCOMPAT_EXT4 = 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x2000 | 0x4000 | 0x8000 | 0x30000;
/** EXT4_FEATURE_INCOMPAT_SUPP of Linux 6.1. */
const INCOMPAT_KNOWN = 0x2 | 0x4 | 0x10 | INCOMPAT_EXT4;

/** struct ext4_super_block, as far as reading needs it. */
export interface ExtSuperblock {
  facts: FileSystemFacts;
  blockBytes: number;
  blocks: number;
  inodes: number;
  firstDataBlock: number;
  blocksPerGroup: number;
  inodesPerGroup: number;
  inodeBytes: number;
  descriptorBytes: number;
  clusterBytes: number;
  metaBg: boolean;
  firstMetaBg: number;
  fileType: boolean;
  largeDir: boolean;
  sparseSuper: boolean;
  /** null: not the layout in which two groups alone have copies. */
  backupGroups: readonly number[] | null;
}

export const isExt = (view: DataView): boolean => view.getUint16(0x38, true) === MAGIC;

/** @throws Invalid where it cannot be the superblock of a file system that Linux mounts. */
export function readSuperblock(view: DataView): ExtSuperblock {
  const u32 = (at: number) => view.getUint32(at, true);
  const u16 = (at: number) => view.getUint16(at, true);
  const dynamic = u32(0x4c) > 0;
  const [compat, incompat, roCompat] = dynamic ? [u32(0x5c), u32(0x60), u32(0x64)] : [0, 0, 0];
  const has = (bit: number) => (incompat & bit) !== 0;
  if (has(INCOMPAT.journalDevice)) throw new Invalid("this is a journal, without files");
  if (has(INCOMPAT.compression | INCOMPAT.dirData)) {
    throw new Invalid(`it has features that Linux does not mount (0x${incompat.toString(16)})`);
  }
  const log = u32(0x18);
  if (log > 6) throw new Invalid(`its block size is 2^${10 + log} bytes`);
  const blockBytes = 1024 << log;
  const bits64 = has(INCOMPAT.bits64);
  const blocks = u32(4) + (bits64 ? u32(0x150) * 2 ** 32 : 0);
  const inodeBytes = dynamic ? u16(0x58) : 128;
  const descriptorBytes = bits64 ? u16(0xfe) : 32;
  const sound =
    Number.isSafeInteger(blocks * blockBytes) &&
    u32(0x20) > 0 &&
    u32(0x28) > 0 &&
    isPowerOf2(inodeBytes, 128, blockBytes) &&
    isPowerOf2(descriptorBytes, 32, blockBytes);
  if (!sound) throw new Invalid("the sizes in its superblock contradict each other");
  const bytesOf = (at: number, length: number) =>
    new Uint8Array(view.buffer, view.byteOffset + at, length);
  const clusterLog = u32(0x1c);
  return {
    facts: {
      kind: kindOf(compat, incompat, roCompat),
      label: labelText(bytesOf(0x78, 16)),
      uuid: uuidText(bytesOf(0x68, 16)),
      blockBytes,
      bytes: String(blocks * blockBytes),
      notes: notes(incompat),
    },
    blockBytes,
    blocks,
    inodes: u32(0),
    firstDataBlock: u32(0x14),
    blocksPerGroup: u32(0x20),
    inodesPerGroup: u32(0x28),
    inodeBytes,
    descriptorBytes,
    clusterBytes: clusterLog <= 20 ? 1024 * 2 ** clusterLog : blockBytes,
    metaBg: has(INCOMPAT.metaBg),
    firstMetaBg: u32(0x104),
    fileType: has(INCOMPAT.fileType),
    largeDir: has(INCOMPAT.largeDir),
    sparseSuper: (roCompat & RO_COMPAT.sparseSuper) !== 0,
    backupGroups: compat & COMPAT.sparseSuper2 ? [u32(0x24c), u32(0x250)] : null,
  };
}

function kindOf(compat: number, incompat: number, roCompat: number): FileSystemKind {
  if (incompat & INCOMPAT_EXT4 || roCompat & RO_COMPAT_EXT4) return "ext4";
  return compat & COMPAT.journal ? "ext3" : "ext2";
}

function notes(incompat: number): string[] {
  const unknown = incompat & ~INCOMPAT_KNOWN;
  return [
    ...(incompat & INCOMPAT.recover
      ? [
          "Its journal holds what is not in its place yet, and is not replayed: files are read as after mount -o ro,noload.",
        ]
      : []),
    ...(incompat & INCOMPAT.encrypt
      ? ["Encrypted files and their names are read as they lie there, encrypted."]
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
