import { MappedSource } from "../../source/mapped-source.ts";
import { expectWhole } from "../cut-off.ts";
import { ImageFile } from "../image-file.ts";
import { BlockMap } from "../tables/block-map.ts";
import type { Peers, Unwrapped, Wrapper } from "../wrapper.ts";
import { VdiBlocks } from "./vdi-blocks.ts";

const MAGIC_AT = 0x40;
const MAGIC = 0xbeda107f;
const VERSION_1_1 = 0x00010001;
const HEADER_BYTES = 512;
const SECTOR = 512;
/** The UUID of the disk that this one lies over: zeros where there is none. */
const PARENT_AT = 0x1b8;
/** Dynamic and static: both have a table. */
const READABLE = [1, 2];
/** qemu's limit (block/vdi.c, VDI_BLOCKS_IN_IMAGE_MAX). */
const MOST_BLOCKS = 0x3fffffff;
const MOST_BLOCK_BYTES = 256 << 20;

/** A disk of VirtualBox; all numbers in it are little endian. */
export const vdi: Wrapper = {
  kind: "vdi",
  matches(head) {
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    return head.length >= HEADER_BYTES && view.getUint32(MAGIC_AT, true) === MAGIC;
  },
  open(source, where, peers) {
    const file = new ImageFile(source, "vdi", where);
    return file.opened(() => open(file, peers));
  },
};

async function open(file: ImageFile, peers: Peers): Promise<Unwrapped> {
  const view = await file.read(0, HEADER_BYTES, "its header");
  expectReadable(file, view);
  const u32 = (at: number) => view.getUint32(at, true);
  const exact = file.number(view.getBigUint64(0x170, true), MOST_SIZE, "the size of the disk");
  const blockBytes = file.number(BigInt(u32(0x178)), MOST_BLOCK_BYTES, "the block size");
  if (blockBytes === 0 || blockBytes % SECTOR !== 0)
    file.damaged(`blocks of ${blockBytes}`, "sectors");
  const entries = file.number(BigInt(u32(0x180)), MOST_BLOCKS, "the number of blocks");
  // VBoxManage makes disks of any length out of files of any length; a device has whole sectors.
  const size = Math.ceil(exact / SECTOR) * SECTOR;
  const blocks = Math.ceil(size / blockBytes);
  if (blocks > entries) file.damaged(`a table of ${entries} blocks`, `${blocks} at least`);
  const [tableAt, dataAt, extra] = [u32(0x154), u32(0x158), u32(0x17c)];
  if (tableAt + blocks * 4 > file.size) await file.read(tableAt, blocks * 4, "its block table");
  const table = new VdiBlocks(file.source, size, blockBytes, { tableAt, dataAt, extra });
  const problems = await expectWhole(file, table, "the VDI", peers);
  return { source: new MappedSource(new BlockMap(table)), problems, peers: [] };
}

const MOST_SIZE = Number.MAX_SAFE_INTEGER - SECTOR;

function expectReadable(file: ImageFile, view: DataView): void {
  const version = view.getUint32(0x44, true);
  if (version !== VERSION_1_1) {
    file.refuse({
      code: "version",
      message: `a VDI of version ${version >>> 16}.${version & 0xffff} cannot be read`,
      expected: "version 1.1",
      found: `${version >>> 16}.${version & 0xffff}`,
      todo: "Convert it with the VirtualBox that wrote it.",
    });
  }
  const type = view.getUint32(0x4c, true);
  const hasParent = view.getBigUint64(PARENT_AT) !== 0n || view.getBigUint64(PARENT_AT + 8) !== 0n;
  if (READABLE.includes(type) && !hasParent) return;
  file.refuse({
    code: "type",
    message: `a VDI that lies over another one cannot be read (its type is ${type})`,
    expected: "type 1 (dynamic) or 2 (static), without a parent",
    found: `type ${type}${hasParent ? ", with a parent" : ""}`,
    todo: "Merge it with its parents where it was made (VBoxManage clonemedium), and open the result.",
  });
}
