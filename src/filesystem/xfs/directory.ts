import type { Range } from "../../source/block-source.ts";
import { isDots } from "../dots.ts";
import type { DirectoryEntry } from "../file-system.ts";
import { Invalid } from "../invalid.ts";
import { typeOfEntry } from "../modes.ts";
import type { XfsSuperblock } from "./superblock.ts";

/** XFS_DIR2_LEAF_OFFSET: what lies behind in a directory is its index, in bytes. */
export const LEAF_OFFSET = 1n << 35n;

/** fs/xfs/libxfs/xfs_da_format.h. */
const BLOCK = { v4: 0x58443242, v5: 0x58444233 } as const;
const DATA = { v4: 0x58443244, v5: 0x58444433 } as const;
const HEADER = { v4: 16, v5: 64 } as const;
const FREE_TAG = 0xffff;

/** A directory in its inode (struct xfs_dir2_sf_hdr). @throws Invalid */
export function* shortEntries(
  fork: DataView,
  block: Range,
  { fileType }: XfsSuperblock,
): Generator<DirectoryEntry> {
  const count = fork.getUint8(0);
  const inodeBytes = fork.getUint8(1) > 0 ? 8 : 4;
  let at = 2 + inodeBytes;
  for (let i = 0; i < count; i++) {
    const nameLength = at < fork.byteLength ? fork.getUint8(at) : 0;
    const behind = at + 3 + nameLength;
    const inodeAt = behind + (fileType ? 1 : 0);
    if (nameLength === 0 || inodeAt + inodeBytes > fork.byteLength) {
      throw new Invalid("an entry of a directory in its inode goes beyond it");
    }
    const name = nameAt(fork, at + 3, nameLength);
    const inode = inodeBytes === 8 ? fork.getBigUint64(inodeAt) : BigInt(fork.getUint32(inodeAt));
    const type = fileType ? typeOfEntry(fork.getUint8(behind)) : "unknown";
    yield { name, inode, type, block };
    at = inodeAt + inodeBytes;
  }
}

/** A block of entries (struct xfs_dir2_data_hdr). @throws Invalid, behind what was sound. */
export function* blockEntries(
  view: DataView,
  block: Range,
  { v5, fileType }: XfsSuperblock,
): Generator<DirectoryEntry> {
  const format = v5 ? "v5" : "v4";
  const magic = view.getUint32(0);
  if (magic !== BLOCK[format] && magic !== DATA[format]) {
    throw new Invalid("this is no block of a directory");
  }
  const end = magic === BLOCK[format] ? beforeLeaf(view) : view.byteLength;
  for (let at = HEADER[format]; at < end; ) {
    if (at + 16 > end && view.getUint16(at) !== FREE_TAG) {
      throw new Invalid(`an entry at byte ${at} of its block goes beyond it`);
    }
    if (view.getUint16(at) === FREE_TAG) {
      const length = view.getUint16(at + 2);
      if (length === 0 || length % 8 !== 0) throw new Invalid(`${length} bytes of it are unused`);
      at += length;
      continue;
    }
    const nameLength = view.getUint8(at + 8);
    const length = (8 + 1 + nameLength + (fileType ? 1 : 0) + 2 + 7) & ~7;
    if (nameLength === 0 || at + length > end) {
      throw new Invalid(`an entry at byte ${at} of its block goes beyond it`);
    }
    const name = nameAt(view, at + 9, nameLength);
    const type = fileType ? typeOfEntry(view.getUint8(at + 9 + nameLength)) : "unknown";
    if (!isDots(name)) yield { name, inode: view.getBigUint64(at), type, block };
    at += length;
  }
}

/** Where the entries of a directory of one block end: behind come its leaf and xfs_dir2_block_tail. */
function beforeLeaf(view: DataView): number {
  const end = view.byteLength - 8 - view.getUint32(view.byteLength - 8) * 8;
  if (end < 0) throw new Invalid("the leaf of a directory's block is longer than that");
  return end;
}

const nameAt = (view: DataView, at: number, length: number): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + at, length).slice();
