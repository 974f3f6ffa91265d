import type { Device } from "../device.ts";
import type { Inode } from "../file-system.ts";
import { Invalid } from "../invalid.ts";
import { typeOfMode } from "../modes.ts";
import { blockOffset, type XfsSuperblock } from "./superblock.ts";

const MAGIC = 0x494e;
/** di_flags: XFS_DIFLAG_REALTIME; di_flags2: XFS_DIFLAG2_BIGTIME, XFS_DIFLAG2_NREXT64. */
const REALTIME = 1;
const BIGTIME = 1n << 3n;
const NREXT64 = 1n << 4n;
/** XFS_BIGTIME_EPOCH_OFFSET, in seconds. */
const BIGTIME_EPOCH = 1n << 31n;
const BILLION = 1_000_000_000n;

/** xfs_dinode.di_format. */
export const FORMAT = { device: 0, local: 1, extents: 2, btree: 3 } as const;

/** @throws Invalid, SourceError */
export async function readInode(
  device: Device,
  superblock: XfsSuperblock,
  number: bigint,
): Promise<Inode> {
  const { inodesPerBlockLog, inodeBytes } = superblock;
  const block = blockOffset(superblock, number >> inodesPerBlockLog);
  const offset = block + Number(number & ((1n << inodesPerBlockLog) - 1n)) * inodeBytes;
  const bytes = await device.view(offset, inodeBytes);
  const version = bytes.getUint8(4);
  const mode = bytes.getUint16(2);
  if (bytes.getUint16(0) !== MAGIC) throw new Invalid(`what lies at inode ${number} is none`);
  if (version < 1 || version > 3) throw new Invalid(`inode ${number} is of version ${version}`);
  if (version === 3 && bytes.getBigUint64(152) !== number) {
    throw new Invalid(`inode ${number} says that it is inode ${bytes.getBigUint64(152)}`);
  }
  if (mode === 0) throw new Invalid(`inode ${number} is free`);
  const size = bytes.getBigUint64(56);
  if (size >= 1n << 63n) throw new Invalid(`its size of ${size} bytes cannot be`);
  return {
    number,
    at: { offset, length: inodeBytes },
    via: null,
    type: typeOfMode(mode),
    mode,
    uid: bytes.getUint32(8),
    gid: bytes.getUint32(12),
    links: version === 1 ? bytes.getUint16(6) : bytes.getUint32(16),
    size,
    mtime: mtime(bytes),
    bytes,
  };
}

function mtime(bytes: DataView): Inode["mtime"] {
  if ((flags2(bytes) & BIGTIME) === 0n) {
    return { seconds: BigInt(bytes.getInt32(40)), nanoseconds: bytes.getUint32(44) };
  }
  const time = bytes.getBigUint64(40);
  return { seconds: time / BILLION - BIGTIME_EPOCH, nanoseconds: Number(time % BILLION) };
}

const flags2 = (bytes: DataView): bigint =>
  bytes.getUint8(4) === 3 ? bytes.getBigUint64(120) : 0n;

export const formatOf = ({ bytes }: Inode): number => bytes.getUint8(5);
export const isRealtime = ({ bytes }: Inode): boolean => (bytes.getUint16(90) & REALTIME) !== 0;

/** How many extents its data fork has (xfs_dfork_data_extents()). */
export function extentCount({ bytes }: Inode): bigint {
  return (flags2(bytes) & NREXT64) === 0n ? BigInt(bytes.getUint32(76)) : bytes.getBigUint64(24);
}

/** The data fork: behind the core, up to the attributes (XFS_DFORK_DPTR(), XFS_DFORK_DSIZE()). */
export function dataFork({ bytes }: Inode): DataView {
  const core = bytes.getUint8(4) === 3 ? 176 : 100;
  const attributes = bytes.getUint8(82) * 8;
  const most = bytes.byteLength - core;
  if (attributes > most) throw new Invalid("its attributes begin behind its end");
  return new DataView(bytes.buffer, bytes.byteOffset + core, attributes === 0 ? most : attributes);
}
