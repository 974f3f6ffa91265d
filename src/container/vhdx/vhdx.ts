import { MappedSource } from "../../source/mapped-source.ts";
import { expectWhole } from "../cut-off.ts";
import { ImageFile } from "../image-file.ts";
import { BlockMap } from "../tables/block-map.ts";
import type { ContainerProblem, Peers, Unwrapped, Wrapper } from "../wrapper.ts";
import { readLog } from "./log.ts";
import { readDisk, type VhdxDisk } from "./metadata.ts";
import { replayed } from "./replay.ts";
import { chunkRatio, VhdxBlocks } from "./vhdx-blocks.ts";
import { NO_LOG, readVhdxHeader } from "./vhdx-header.ts";

/** "vhdxfile" */
const MAGIC = 0x656c_6966_7864_6876n;
const MIB = 1 << 20;

/** A disk of Hyper-V; all numbers in it are little endian. */
export const vhdx: Wrapper = {
  kind: "vhdx",
  matches(head) {
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    return head.length >= 512 && view.getBigUint64(0, true) === MAGIC;
  },
  open(source, where, peers) {
    const file = new ImageFile(source, "vhdx", where);
    return file.opened(() => open(file, peers));
  },
};

async function open(stored: ImageFile, peers: Peers): Promise<Unwrapped> {
  const { file, problems } = await afterReplay(stored, peers);
  const disk = await readDisk(file);
  expectReadable(file, disk);
  const blocks = Math.ceil(disk.size / disk.blockBytes);
  const entries = blocks + Math.floor((blocks - 1) / chunkRatio(disk));
  if (blocks > 0 && entries * 8 > disk.table.length) {
    file.damaged(`a block table of ${disk.table.length} bytes`, `${entries * 8} at least`);
  }
  if (disk.table.offset + entries * 8 > file.size) {
    await file.read(disk.table.offset, entries * 8, "its block table");
  }
  const table = new VhdxBlocks(file.source, disk);
  const cut = await expectWhole(file, table, "the VHDX", peers);
  const source = new MappedSource(new BlockMap(table));
  return { source, problems: [...problems, ...cut], peers: [] };
}

/** The file as it is once its log has been replayed: before that, nothing in it can be believed. */
async function afterReplay(file: ImageFile, peers: Peers) {
  const header = await readVhdxHeader(file);
  const problems: ContainerProblem[] = [];
  if (header.logId === NO_LOG) return { file, problems };
  const entries = await readLog(file, header);
  const needed = entries.at(-1)?.flushed ?? 0n;
  if (needed > BigInt(file.size)) {
    const trouble = {
      code: "cut",
      message: "the VHDX is cut off: the file was longer when its log was written",
      expected: `${needed} bytes at least`,
      found: `a file of ${file.size} bytes`,
      todo: "Copy the file again, all of it.",
    };
    problems.push(file.lacks(trouble, peers.partial));
  }
  problems.push(
    file.problem({
      code: "log",
      message:
        entries.length === 0
          ? "it was not closed; its log holds nothing that was written to the end"
          : `it was not closed: ${entries.length} entries of its log are applied, in memory only`,
      expected: "an empty log",
      found: `${entries.length} entries`,
      todo: "Nothing, if the machine is stopped. If it runs, copy the image after it has stopped.",
    }),
  );
  const source = replayed(file.source, entries);
  return { file: new ImageFile(source, file.kind, file.where), problems };
}

function expectReadable(file: ImageFile, { blockBytes, logicalSector, hasParent }: VhdxDisk): void {
  if (hasParent) {
    file.refuse({
      code: "parent",
      message: "a VHDX that lies over another one (a differencing disk) cannot be read",
      expected: "a fixed or dynamic disk",
      found: "one with a parent",
      todo: "Merge it with its parent where it was made (Hyper-V: Merge-VHD), and open the result.",
    });
  }
  if (logicalSector !== 512 && logicalSector !== 4096) {
    file.damaged(`sectors of ${logicalSector} bytes`, "512 or 4096");
  }
  const isPowerOfTwo = (blockBytes & (blockBytes - 1)) === 0;
  if (blockBytes < MIB || blockBytes > 256 * MIB || !isPowerOfTwo) {
    file.damaged(`blocks of ${blockBytes} bytes`, "1 MiB to 256 MiB, a power of two");
  }
}
