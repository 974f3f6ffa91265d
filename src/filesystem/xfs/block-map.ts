import type { Device } from "../device.ts";
import type { Inode, Trail } from "../file-system.ts";
import { Invalid } from "../invalid.ts";
import type { MappedRun } from "../pieces.ts";
import { dataFork, extentCount, FORMAT, formatOf, isRealtime } from "./inode.ts";
import { blockOffset, type XfsSuperblock } from "./superblock.ts";

/** xfs_bmbt_rec and xfs_btree_block (fs/xfs/libxfs/xfs_format.h), in bytes. */
const RECORD = 16;
const KEY = 8;
const POINTER = 8;
const ROOT_HEADER = 4;
const MAGIC = { v4: 0x424d4150, v5: 0x424d4133 } as const;
const HEADER = { v4: 24, v5: 72 } as const;
/** XFS_BTREE_MAXLEVELS of 6.1 is below: five are enough for 2^48 extents. */
const MOST_LEVELS = 9;

/** The extents of a data fork, in order. @throws Invalid */
export async function* forkRuns(
  device: Device,
  superblock: XfsSuperblock,
  inode: Inode,
  trail: Trail,
): AsyncGenerator<MappedRun> {
  if (isRealtime(inode)) {
    throw new Invalid("its content lies on the realtime device, which is another one");
  }
  const fork = dataFork(inode);
  switch (formatOf(inode)) {
    case FORMAT.extents: {
      const count = extentCount(inode);
      if (count * BigInt(RECORD) > BigInt(fork.byteLength)) {
        throw new Invalid(`its inode cannot hold ${count} extents`);
      }
      yield* records(fork, 0, Number(count));
      return;
    }
    case FORMAT.btree: {
      const level = fork.getUint16(0);
      const most = Math.floor((fork.byteLength - ROOT_HEADER) / (KEY + POINTER));
      if (level === 0 || level > MOST_LEVELS) throw new Invalid(`its tree has ${level} levels`);
      yield* children(fork, ROOT_HEADER, fork.getUint16(2), most, level);
      return;
    }
    default:
      throw new Invalid(`the format of its content is ${formatOf(inode)}`);
  }

  function* records(view: DataView, from: number, count: number): Generator<MappedRun> {
    for (let i = 0; i < count; i++) {
      trail.budget.spend();
      yield record(superblock, view, from + i * RECORD);
    }
  }

  /** @param level of this node; its children's are one less, so that no circle is followed. */
  async function* children(
    view: DataView,
    header: number,
    count: number,
    most: number,
    level: number,
  ): AsyncGenerator<MappedRun> {
    if (count > most) throw new Invalid(`a node of its tree has ${count} children`);
    for (let i = 0; i < count; i++) {
      trail.budget.spend();
      const number = view.getBigUint64(header + most * KEY + i * POINTER);
      let run = null;
      try {
        run = { offset: blockOffset(superblock, number), length: superblock.blockBytes };
        trail.mapBlock(run);
        yield* block(await device.view(run.offset, run.length), level - 1);
      } catch (error) {
        trail.broken(error, run);
      }
    }
  }

  async function* block(view: DataView, level: number): AsyncGenerator<MappedRun> {
    const format = superblock.v5 ? "v5" : "v4";
    const header = HEADER[format];
    if (view.getUint32(0) !== MAGIC[format] || view.getUint16(4) !== level) {
      throw new Invalid("this is no node of its tree of extents");
    }
    const count = view.getUint16(6);
    const most = Math.floor((view.byteLength - header) / RECORD);
    if (count > most) throw new Invalid(`a node of its tree has ${count} extents`);
    if (level === 0) yield* records(view, header, count);
    else yield* children(view, header, count, most, level);
  }
}

/** xfs_bmbt_disk_get_all(). */
function record(superblock: XfsSuperblock, view: DataView, at: number): MappedRun {
  const high = view.getBigUint64(at);
  const low = view.getBigUint64(at + 8);
  const block = (high >> 9n) & ((1n << 54n) - 1n);
  const count = Number(low & ((1n << 21n) - 1n));
  if (high >> 63n !== 0n) return { block, start: null, count };
  const number = ((high & 0x1ffn) << 43n) | (low >> 21n);
  return { block, start: blockOffset(superblock, number) / superblock.blockBytes, count };
}
