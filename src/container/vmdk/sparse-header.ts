import type { ImageFile } from "../image-file.ts";

/** The header of a file with grains: hosted ("KDMV") or of an ESX server ("COWD"). */
export interface SparseHeader {
  /** Of the disk or the part of it, in bytes. */
  capacity: number;
  grainBytes: number;
  entriesPerTable: number;
  /** Where the grain directory lies in the file, in bytes, and its copy if there is one. */
  directories: number[];
  /** An entry of 1 is a grain of zeros. */
  zeroGrains: boolean;
  packed: boolean;
  /** Packed grains begin with their place and length. */
  markers: boolean;
  /** In bytes, in the file; null: it has no descriptor. */
  descriptor: { offset: number; length: number } | null;
}

export const KDMV = 0x564d444b;
export const COWD = 0x44574f43;
export const SE_SPARSE = 0xcafebabe;

const SECTOR = 512;
const MOST_SECTORS = Math.floor(Number.MAX_SAFE_INTEGER / SECTOR);
const AT_END = 0xffff_ffff_ffff_ffffn;
/** How far behind the footer something else may follow: the padding of a tar. */
const MOST_PADDING = 1 << 20;
const FOOTER_MARKER = 3;
/** "\n \r\n": a copy in text mode changes them. */
const LINE_ENDS = 0x0a0d200a;
const DEFLATE = 1;
/** qemu's limits (block/vmdk.c, vmdk_open_vmdk4 and vmdk_add_extent). */
const MOST_GRAIN_SECTORS = 0x200000;
const MOST_ENTRIES = 512;

/** Refuses what cannot be right. */
export async function readSparseHeader(file: ImageFile): Promise<SparseHeader> {
  const view = await file.read(0, SECTOR, "its header");
  const magic = view.getUint32(0, true);
  if (magic === SE_SPARSE) refuseFormat(file, "a space-efficient sparse extent (SESPARSE)");
  if (magic === COWD) return serverHeader(file, view);
  if (magic !== KDMV) refuseFormat(file, "no sparse extent");
  return hostedHeader(file, view.getBigUint64(56, true) === AT_END ? await footer(file) : view);
}

function hostedHeader(file: ImageFile, view: DataView): SparseHeader {
  const version = view.getUint32(4, true);
  if (version < 1 || version > 3) refuseFormat(file, `version ${version}`);
  const flags = view.getUint32(8, true);
  if (flags & 1 && view.getUint32(73, true) !== LINE_ENDS) refuseTextMode(file);
  const packed = (flags & 0x10000) !== 0;
  if (packed && view.getUint16(77, true) !== DEFLATE) {
    refuseFormat(file, `compression ${view.getUint16(77, true)}`);
  }
  const sectors = (at: number, what: string) =>
    file.number(view.getBigUint64(at, true), MOST_SECTORS, what) * SECTOR;
  const descriptor = sectors(28, "the descriptor's place");
  const grain = file.number(view.getBigUint64(20, true), MOST_GRAIN_SECTORS, "the grain size");
  const entries = file.number(BigInt(view.getUint32(44, true)), MOST_ENTRIES, "a table's entries");
  const hasCopy = (flags & 2) !== 0;
  return {
    capacity: sectors(12, "its capacity"),
    grainBytes: grain * SECTOR,
    entriesPerTable: entries,
    directories: [
      sectors(56, "the grain directory's place"),
      ...(hasCopy ? [sectors(48, "the second grain directory's place")] : []),
    ],
    zeroGrains: (flags & 4) !== 0,
    packed,
    markers: (flags & 0x20000) !== 0,
    descriptor:
      descriptor === 0
        ? null
        : { offset: descriptor, length: sectors(36, "the descriptor's length") },
  };
}

/** As qemu's VMDK3Header. */
function serverHeader(file: ImageFile, view: DataView): SparseHeader {
  const grain = file.number(BigInt(view.getUint32(16, true)), MOST_GRAIN_SECTORS, "the grain size");
  return {
    capacity: view.getUint32(12, true) * SECTOR,
    grainBytes: grain * SECTOR,
    entriesPerTable: 4096,
    directories: [view.getUint32(20, true) * SECTOR],
    ...{ zeroGrains: false, packed: false, markers: false, descriptor: null },
  };
}

/** A stream ends with its real header, between two markers. */
async function footer(file: ImageFile): Promise<DataView> {
  const size = Math.floor(file.size / SECTOR) * SECTOR;
  const length = Math.min(size, MOST_PADDING);
  const end = await file.read(size - length, length, "its footer");
  for (let at = length - SECTOR; at >= SECTOR; at -= SECTOR) {
    if (end.getUint32(at, true) !== KDMV) continue;
    const marker = at - SECTOR;
    if (end.getUint32(marker + 8, true) !== 0) continue;
    if (end.getUint32(marker + 12, true) !== FOOTER_MARKER) continue;
    return new DataView(end.buffer, end.byteOffset + at, SECTOR);
  }
  return file.refuse({
    code: "cut",
    message: "the VMDK is cut off: its footer, which says where its grains lie, is missing",
    expected: "a footer at the end of the file",
    found: `${file.size} bytes without one`,
    todo: "Copy the file again, all of it.",
  });
}

function refuseFormat(file: ImageFile, found: string): never {
  return file.refuse({
    code: "format",
    message: `this kind of VMDK cannot be read: ${found}`,
    expected: "a hosted sparse extent of version 1 to 3, or a sparse extent of an ESX server",
    found,
    todo: "Convert it with the program that wrote it, to a disk in one flat file.",
  });
}

function refuseTextMode(file: ImageFile): never {
  return file.refuse({
    code: "text-mode",
    message:
      "the file was changed on its way: line ends in it were rewritten, as FTP in text mode does",
    expected: "the bytes 0a 20 0d 0a at byte 73",
    found: "others",
    todo: "Copy it again, in binary mode.",
  });
}
