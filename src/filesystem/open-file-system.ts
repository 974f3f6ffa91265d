import type { BlockSource } from "../source/block-source.ts";
import { Device } from "./device.ts";
import { ExtFileSystem } from "./ext/ext.ts";
import { SUPERBLOCK as EXT, isExt } from "./ext/superblock.ts";
import type { FileSystem } from "./file-system.ts";
import { isXfs, SUPERBLOCK as XFS } from "./xfs/superblock.ts";
import { XfsFileSystem } from "./xfs/xfs.ts";

/** @returns null where neither is on it. @throws Invalid, SourceError */
export async function openFileSystem(
  source: BlockSource,
): Promise<{ device: Device; system: FileSystem } | null> {
  const device = new Device(source);
  if (device.size < EXT.offset + EXT.length) return null;
  const xfs = await device.view(XFS.offset, XFS.length);
  if (isXfs(xfs)) return { device, system: new XfsFileSystem(device, xfs) };
  const ext = await device.view(EXT.offset, EXT.length);
  return isExt(ext) ? { device, system: new ExtFileSystem(device, ext) } : null;
}
