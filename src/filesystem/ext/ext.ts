import type { Device } from "../device.ts";
import type { DirectoryEntry, FileSystem, Inode, Piece, Trail } from "../file-system.ts";
import { Invalid } from "../invalid.ts";
import { inlinePiece, PieceMaker } from "../pieces.ts";
import { wholeContent } from "../whole-content.ts";
import { entriesOf } from "./directory.ts";
import { extentRuns } from "./extents.ts";
import { indirectRuns } from "./indirect.ts";
import { inlineContent, inlineParts } from "./inline-data.ts";
import { blockField, isFastSymlink, isInline, readInode, usesExtents } from "./inode.ts";
import { type ExtSuperblock, readSuperblock } from "./superblock.ts";

/** PATH_MAX */
const MOST_TARGET = 4096;

/** ext2, ext3 and ext4 as `mount -o ro,noload` has them: the journal is not replayed. */
export class ExtFileSystem implements FileSystem {
  readonly facts;
  readonly root = 2n;
  private readonly superblock: ExtSuperblock;

  /** @param superblock the bytes of it. @throws Invalid */
  constructor(
    private readonly device: Device,
    superblock: DataView,
  ) {
    this.superblock = readSuperblock(superblock);
    this.facts = this.superblock.facts;
  }

  inode(number: bigint): Promise<Inode> {
    return readInode(this.device, this.superblock, number);
  }

  async *pieces(inode: Inode, trail: Trail): AsyncGenerator<Piece> {
    if (isInline(inode)) {
      yield inlinePiece(inlineContent(inode));
      return;
    }
    const { device } = this;
    const { blockBytes, blocks } = this.superblock;
    const maker = new PieceMaker(blockBytes, blocks, inode.size);
    const runs = usesExtents(inode)
      ? extentRuns(device, blockBytes, inode, trail)
      : indirectRuns(device, blockBytes, inode, trail, maker);
    for await (const run of runs) {
      const piece = maker.piece(run);
      if (piece) yield piece;
    }
  }

  async *entries(inode: Inode, trail: Trail): AsyncGenerator<DirectoryEntry> {
    const { fileType, blockBytes } = this.superblock;
    if (isInline(inode)) {
      // The first four bytes are the parent's number (fs/ext4/inline.c).
      const [first, more] = inlineParts(inode);
      for (const part of [first.subarray(4), more]) yield* entriesOf(part, inode.at, fileType);
      return;
    }
    for await (const { offset, length } of this.pieces(inode, trail)) {
      for (let done = 0; done < length; done += blockBytes) {
        trail.budget.spend();
        const block = { offset: (offset ?? 0) + done, length: blockBytes };
        try {
          yield* entriesOf(await this.device.read(block.offset, blockBytes), block, fileType);
        } catch (error) {
          trail.broken(error, block);
        }
      }
    }
  }

  isShort(inode: Inode): boolean {
    return !isInline(inode) && isFastSymlink(inode, this.superblock);
  }

  async target(inode: Inode, trail: Trail): Promise<Uint8Array> {
    if (inode.size > BigInt(MOST_TARGET)) throw new Invalid(`its target has ${inode.size} bytes`);
    if (this.isShort(inode)) {
      return blockField(inode).slice(0, Number(inode.size));
    }
    return wholeContent(this.device, this, inode, trail);
  }
}
