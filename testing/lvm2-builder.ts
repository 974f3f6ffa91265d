/**
 * Physical volumes byte by byte, as LVM2 lays them out (lib/format_text/layout.h, lib/label/label.h).
 * Everything can be said wrongly: a builder that checked it could not build bad ones.
 */

const SECTOR = 512;

/** `struct raw_locn`. */
export interface RawLocn {
  offset: number;
  size: bigint;
  checksum: number;
  flags: number;
}

export interface MdaSpec {
  /** Where it begins in the device, in bytes. */
  at: number;
  bytes: number;
  /** The text in force; it lies at `textAt` of the area, and runs around its end. */
  text?: string;
  textAt?: number;
  /** What the first slot says, where it is not the truth. */
  slot?: Partial<RawLocn>;
  /** The second slot: a change under way. */
  pending?: RawLocn;
  magic?: string;
  version?: number;
  /** Where the header claims to lie. */
  start?: bigint;
  checksum?: number;
}

export interface LabelSpec {
  sector: number;
  /** What it claims to be for. */
  says?: bigint;
  checksum?: number;
  /** Of the PV header in the sector. */
  headerAt?: number;
  uuid?: string;
}

export interface PvSpec {
  bytes: number;
  uuid: string;
  /** By default one, in sector 1. */
  labels?: LabelSpec[];
  mdas?: MdaSpec[];
  /** Its data areas; one from 1 MiB to the end by default. */
  data?: { offset: bigint; size: bigint }[];
  /** `null`: no extension, as LVM wrote it before 2012. */
  extension?: { version: number; used: boolean } | null;
  /** What lies in it, where LVM has nothing. */
  content?: Uint8Array;
}

export function buildPv(spec: PvSpec): Uint8Array {
  const device = new Uint8Array(spec.bytes);
  if (spec.content) device.set(spec.content);
  device.fill(0, 0, 4 * SECTOR);
  for (const label of spec.labels ?? [{ sector: 1 }]) {
    device.set(labelSector(spec, label), label.sector * SECTOR);
  }
  for (const mda of spec.mdas ?? []) putMda(device, mda);
  return device;
}

function labelSector(spec: PvSpec, label: LabelSpec): Uint8Array {
  const bytes = new Uint8Array(SECTOR);
  const view = new DataView(bytes.buffer);
  const headerAt = label.headerAt ?? 32;
  putAscii(bytes, 0, "LABELONE");
  view.setBigUint64(8, label.says ?? BigInt(label.sector), true);
  view.setUint32(20, headerAt, true);
  if (headerAt <= SECTOR - 40) {
    putAscii(bytes, headerAt, (label.uuid ?? spec.uuid).replaceAll("-", ""));
    view.setBigUint64(headerAt + 32, BigInt(spec.bytes), true);
    let at = headerAt + 40;
    const u64 = (value: bigint) => {
      if (at <= SECTOR - 8) view.setBigUint64(at, value, true);
      at += 8;
    };
    const data = spec.data ?? [{ offset: 1n << 20n, size: 0n }];
    for (const { offset, size } of data) [offset, size].forEach(u64);
    [0n, 0n].forEach(u64);
    for (const mda of spec.mdas ?? []) [BigInt(mda.at), BigInt(mda.bytes)].forEach(u64);
    [0n, 0n].forEach(u64);
    const extension = spec.extension === undefined ? { version: 2, used: true } : spec.extension;
    if (extension) u64(BigInt(extension.version) | (extension.used ? 1n << 32n : 0n));
  }
  putAscii(bytes, 24, "LVM2 001");
  view.setUint32(16, label.checksum ?? lvmChecksum(bytes.subarray(20)), true);
  return bytes;
}

function putMda(device: Uint8Array, mda: MdaSpec): void {
  const bytes = new Uint8Array(SECTOR);
  const view = new DataView(bytes.buffer);
  const text = new TextEncoder().encode(mda.text === undefined ? "" : `${mda.text}\0`);
  const textAt = mda.textAt ?? SECTOR;
  putAscii(bytes, 4, mda.magic ?? " LVM2 x[5A%r0N*>");
  view.setUint32(20, mda.version ?? 1, true);
  view.setBigUint64(24, mda.start ?? BigInt(mda.at), true);
  view.setBigUint64(32, BigInt(mda.bytes), true);
  const truth: RawLocn = {
    offset: mda.text === undefined ? 0 : textAt,
    size: BigInt(text.length),
    checksum: lvmChecksum(text),
    flags: 0,
  };
  putLocn(view, 40, { ...truth, ...mda.slot });
  if (mda.pending) putLocn(view, 64, mda.pending);
  view.setUint32(0, mda.checksum ?? lvmChecksum(bytes.subarray(4)), true);
  const put = (part: Uint8Array, at: number) => {
    const room = device.subarray(mda.at + at);
    room.set(part.subarray(0, room.length));
  };
  put(bytes, 0);
  const first = text.subarray(0, mda.bytes - textAt);
  put(first, textAt);
  put(text.subarray(first.length), SECTOR);
}

function putLocn(view: DataView, at: number, { offset, size, checksum, flags }: RawLocn): void {
  view.setBigUint64(at, BigInt(offset), true);
  view.setBigUint64(at + 8, size, true);
  view.setUint32(at + 16, checksum, true);
  view.setUint32(at + 20, flags, true);
}

function putAscii(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}

/** LVM's checksum, bit by bit. */
export function lvmChecksum(bytes: Uint8Array): number {
  let crc = 0xf597a6cf;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return crc >>> 0;
}
