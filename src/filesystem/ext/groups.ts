import type { Range } from "../../source/block-source.ts";
import type { Device } from "../device.ts";
import { Invalid } from "../invalid.ts";
import type { ExtSuperblock } from "./superblock.ts";

/** Where the inode table of a group begins, in blocks, and what says so. @throws Invalid, SourceError */
export async function inodeTable(
  device: Device,
  superblock: ExtSuperblock,
  group: number,
): Promise<{ table: number; descriptor: Range }> {
  const { blockBytes, descriptorBytes, blocks } = superblock;
  const perBlock = blockBytes / descriptorBytes;
  const block = descriptorBlock(superblock, Math.floor(group / perBlock));
  const at = block * blockBytes + (group % perBlock) * descriptorBytes;
  const view = await device.view(at, descriptorBytes);
  const high = descriptorBytes >= 64 ? view.getUint32(0x28, true) : 0;
  const table = view.getUint32(8, true) + high * 2 ** 32;
  if (table === 0 || table >= blocks) {
    throw new Invalid(`the inode table of group ${group} is said to be in block ${table}`);
  }
  return { table, descriptor: { offset: at, length: descriptorBytes } };
}

/** The block of descriptors `number` (descriptor_loc() in fs/ext4/super.c). */
function descriptorBlock(superblock: ExtSuperblock, number: number): number {
  const { blockBytes, firstDataBlock, metaBg, firstMetaBg, descriptorBytes } = superblock;
  if (!metaBg || number < firstMetaBg) return Math.floor(1024 / blockBytes) + number + 1;
  const group = (blockBytes / descriptorBytes) * number;
  const besideSuper = hasSuper(superblock, group) ? 1 : 0;
  const besideBoot = blockBytes === 1024 && number === 0 && firstDataBlock === 0 ? 1 : 0;
  return firstDataBlock + group * superblock.blocksPerGroup + besideSuper + besideBoot;
}

/** ext4_bg_has_super() in fs/ext4/balloc.c. */
function hasSuper({ backupGroups, sparseSuper }: ExtSuperblock, group: number): boolean {
  if (group === 0) return true;
  if (backupGroups) return backupGroups.includes(group);
  if (group === 1 || !sparseSuper) return true;
  return [3, 5, 7].some((base) => isPowerOf(base, group));
}

function isPowerOf(base: number, number: number): boolean {
  let power = base;
  while (power < number) power *= base;
  return power === number;
}
