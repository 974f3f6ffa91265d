import type { Device } from "../device.ts";
import type { DirectoryEntry, FileSystem, Inode, Piece, Trail } from "../file-system.ts";
import { Invalid } from "../invalid.ts";
import { inlinePiece, PieceMaker } from "../pieces.ts";
import { forkRuns } from "./block-map.ts";
import { blockEntries, LEAF_OFFSET, shortEntries } from "./directory.ts";
import { dataFork, FORMAT, formatOf, readInode } from "./inode.ts";
import { readSuperblock, type XfsSuperblock } from "./superblock.ts";

/** XFS_SYMLINK_MAXLEN, and struct xfs_dsymlink_hdr before each extent of version 5, in bytes. */
const MOST_TARGET = 1024;
const TARGET_HEADER = 56;
const TARGET_MAGIC = 0x58534c4d;

/** XFS as `mount -o ro,norecovery` has it: the log is not replayed. */
export class XfsFileSystem implements FileSystem {
  readonly facts;
  readonly root: bigint;
  private readonly superblock: XfsSuperblock;

  /** @param superblock the bytes of it. @throws Invalid */
  constructor(
    private readonly device: Device,
    superblock: DataView,
  ) {
    this.superblock = readSuperblock(superblock);
    this.facts = this.superblock.facts;
    this.root = this.superblock.root;
  }

  inode(number: bigint): Promise<Inode> {
    return readInode(this.device, this.superblock, number);
  }

  pieces(inode: Inode, trail: Trail): AsyncGenerator<Piece> {
    return this.contentUpTo(inode.size, inode, trail);
  }

  async *entries(inode: Inode, trail: Trail): AsyncGenerator<DirectoryEntry> {
    const { superblock, device } = this;
    if (formatOf(inode) === FORMAT.local) {
      yield* shortEntries(dataFork(inode), inode.at, superblock);
      return;
    }
    const { directoryBlockBytes } = superblock;
    const end = inode.size < LEAF_OFFSET ? inode.size : LEAF_OFFSET;
    const block = new Uint8Array(directoryBlockBytes);
    let filled = 0;
    for await (const { at, length, offset } of this.contentUpTo(end, inode, trail)) {
      for (let done = 0; done < length; ) {
        const within = Number((at + BigInt(done)) % BigInt(directoryBlockBytes));
        const count = Math.min(directoryBlockBytes - within, length - done);
        const run = { offset: (offset ?? 0) + done, length: count };
        done += count;
        trail.budget.spend();
        // A block of several file system blocks may lie in several places.
        if (within !== filled) trail.broken(new Invalid("half a block of it is missing"), run);
        filled = within === filled ? filled + count : 0;
        try {
          block.set(await device.read(run.offset, count), within);
          if (filled < directoryBlockBytes) continue;
          filled = 0;
          yield* blockEntries(new DataView(block.buffer), run, superblock);
        } catch (error) {
          filled = 0;
          trail.broken(error, run);
        }
      }
    }
  }

  isShort(inode: Inode): boolean {
    return formatOf(inode) === FORMAT.local;
  }

  async target(inode: Inode, trail: Trail): Promise<Uint8Array> {
    if (inode.size > BigInt(MOST_TARGET)) throw new Invalid(`its target has ${inode.size} bytes`);
    const size = Number(inode.size);
    if (this.isShort(inode)) return bytesOf(dataFork(inode), size);
    const target = new Uint8Array(size);
    let filled = 0;
    const most = BigInt(MOST_TARGET * 4);
    for await (const { offset, length } of this.contentUpTo(most, inode, trail)) {
      const view = await this.device.view(offset ?? 0, length);
      const header = this.superblock.v5 ? TARGET_HEADER : 0;
      if (header > 0 && view.getUint32(0) !== TARGET_MAGIC) {
        throw new Invalid("what lies there is no target of a symlink");
      }
      const part = bytesOf(view, length).subarray(header, header + size - filled);
      target.set(part, filled);
      filled += part.length;
    }
    if (filled < size)
      throw new Invalid(`its target has ${size} bytes, of which ${filled} are there`);
    return target;
  }

  /** Of a fork, the first `size` bytes. */
  private async *contentUpTo(size: bigint, inode: Inode, trail: Trail): AsyncGenerator<Piece> {
    if (formatOf(inode) === FORMAT.local) {
      yield inlinePiece(bytesOf(dataFork(inode), Number(size)));
      return;
    }
    const { blockBytes, blocks } = this.superblock;
    const maker = new PieceMaker(blockBytes, blocks, size);
    for await (const run of forkRuns(this.device, this.superblock, inode, trail)) {
      const piece = maker.piece(run);
      if (piece) yield piece;
    }
  }
}

/** @throws Invalid where there are fewer. */
function bytesOf(view: DataView, length: number): Uint8Array {
  if (length > view.byteLength) throw new Invalid("it is longer than what holds it");
  return new Uint8Array(view.buffer, view.byteOffset, length);
}
