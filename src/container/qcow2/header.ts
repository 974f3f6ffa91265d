import type { ImageFile } from "../image-file.ts";

/** "QFI\xfb" */
export const MAGIC = 0x514649fb;

/** What the first bytes of a qcow2 say (docs/interop/qcow2.rst of qemu). */
export interface Qcow2Header {
  version: 2 | 3;
  clusterBits: number;
  /** Of the disk, in bytes. */
  size: number;
  /** 0: none. 1: AES, 2: LUKS. */
  encryption: number;
  l1: { offset: number; entries: number };
  refcounts: { table: number; clusters: number; order: number };
  snapshots: { offset: number; count: number };
  backing: { offset: number; length: number } | null;
  incompatible: bigint;
  autoclear: bigint;
  /** Extensions begin behind it. */
  headerLength: number;
  compression: number;
}

export const DIRTY = 1n;
export const CORRUPT = 1n << 1n;
export const EXTERNAL_DATA = 1n << 2n;
export const COMPRESSION_TYPE = 1n << 3n;
export const EXTENDED_L2 = 1n << 4n;
/** An autoclear bit: the data file is the disk, byte for byte. */
export const RAW_DATA = 1n << 1n;

/** qemu takes no larger L1 table either (QCOW_MAX_L1_SIZE in block/qcow2.h). */
const MOST_L1_BYTES = 32 << 20;
/** All fields of version 3 that are known; a file is a cluster long at least, which is more. */
const HEADER_BYTES = 112;
/** QCOW_MAX_SNAPSHOTS in block/qcow2.h. */
const MOST_SNAPSHOTS = 65_536;

/** Reads the header; refuses one that cannot be right. */
export async function readHeader(file: ImageFile): Promise<Qcow2Header> {
  const view = await file.read(0, HEADER_BYTES, "its header");
  const version = view.getUint32(4);
  if (version !== 2 && version !== 3) {
    file.refuse({
      code: "version",
      message: `qcow2 of version ${version} cannot be read`,
      expected: "version 2 or 3",
      found: `${version}`,
      todo: "Convert it with the program that wrote it.",
    });
  }
  const clusterBits = view.getUint32(20);
  if (clusterBits < 9 || clusterBits > 21) {
    file.damaged(`clusters of 2^${clusterBits} bytes`, "2^9 to 2^21");
  }
  const place = (at: number, what: string) =>
    file.number(view.getBigUint64(at), Number.MAX_SAFE_INTEGER, what);
  const count = (at: number, most: number, what: string) =>
    file.number(BigInt(view.getUint32(at)), most, what);
  const backing = place(8, "the place of the backing file's name");
  return {
    version,
    clusterBits,
    size: place(24, "the size of the disk"),
    encryption: view.getUint32(32),
    l1: {
      offset: place(40, "the place of the L1 table"),
      entries: count(36, MOST_L1_BYTES / 8, "the number of L1 entries"),
    },
    refcounts: {
      table: place(48, "the place of the refcount table"),
      clusters: view.getUint32(56),
      order: version === 2 ? 4 : count(96, 6, "the size of a refcount"),
    },
    snapshots: {
      offset: place(64, "the place of the internal snapshots"),
      count: count(60, MOST_SNAPSHOTS, "the number of internal snapshots"),
    },
    backing:
      backing === 0
        ? null
        : { offset: backing, length: count(16, 1023, "the backing name's length") },
    ...(version === 2 ? VERSION_2 : readVersion3(file, view, clusterBits)),
  };
}

const VERSION_2 = { incompatible: 0n, autoclear: 0n, headerLength: 72, compression: 0 };

function readVersion3(file: ImageFile, view: DataView, clusterBits: number) {
  const headerLength = view.getUint32(100);
  if (headerLength < 104 || headerLength > 2 ** clusterBits) {
    file.damaged(`a header of ${headerLength} bytes`, "104 bytes to one cluster");
  }
  const incompatible = view.getBigUint64(72);
  const namesCompression = (incompatible & COMPRESSION_TYPE) !== 0n && headerLength > 104;
  return {
    incompatible,
    autoclear: view.getBigUint64(88),
    headerLength,
    compression: namesCompression ? view.getUint8(104) : 0,
  };
}
