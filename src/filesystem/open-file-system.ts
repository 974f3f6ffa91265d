import type { DamagedRange } from "../protocol/files.ts";
import type { BlockSource } from "../source/block-source.ts";
import { Device } from "./device.ts";
import { ExtFileSystem } from "./ext/ext.ts";
import { SUPERBLOCK as EXT, isExt } from "./ext/superblock.ts";
import type { FileSystem } from "./file-system.ts";
import { isXfs, SUPERBLOCK as XFS } from "./xfs/superblock.ts";
import { XfsFileSystem } from "./xfs/xfs.ts";

export interface OpenedFileSystem {
  device: Device;
  system: FileSystem;
  /** What of it lies behind the end of the device, which was cut off: no file there is whole. */
  behindEnd: DamagedRange[];
}

/** @returns null where neither is on it. @throws Invalid, SourceError */
export async function openFileSystem(source: BlockSource): Promise<OpenedFileSystem | null> {
  const device = new Device(source);
  const system = await systemOn(device);
  return system && { device, system, behindEnd: behindEnd(device, system) };
}

async function systemOn(device: Device): Promise<FileSystem | null> {
  if (device.size < EXT.offset + EXT.length) return null;
  const xfs = await device.view(XFS.offset, XFS.length);
  if (isXfs(xfs)) return new XfsFileSystem(device, xfs);
  const ext = await device.view(EXT.offset, EXT.length);
  return isExt(ext) ? new ExtFileSystem(device, ext) : null;
}

function behindEnd({ size }: Device, { facts }: FileSystem): DamagedRange[] {
  const length = Number(facts.bytes) - size;
  return length > 0 ? [{ offset: size, length, why: "unreadable" }] : [];
}
