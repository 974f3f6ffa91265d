import type { ImageFile, Trouble } from "./image-file.ts";
import { BlockMap, type BlockTable, NO_TABLE } from "./tables/block-map.ts";
import { BEHIND_THE_END } from "./tables/extent-list.ts";
import type { ContainerProblem, Peers } from "./wrapper.ts";

/**
 * @param what "the VMDK". @param parts what it keeps the disk in: "grains".
 * @param from the first byte of the disk that is not there. @param size of the file, in bytes.
 */
export function cutOff(what: string, parts: string, from: number, size: number): Trouble {
  return {
    code: "cut",
    message: `${what} is cut off: ${parts} lie behind the end of the file; byte ${from} of the disk is the first that is missing`,
    expected: `${parts} that end before the file does`,
    found: `a file of ${size} bytes`,
    todo: "Copy the file again, all of it.",
  };
}

/** As many blocks are looked at, and as many at once. */
const MOST_BLOCKS = 1 << 18;
const BLOCKS_AT_ONCE = 4096;

/** Refused where blocks lie behind the end of the file, unless `peers.partial`. */
export async function expectWhole(
  file: ImageFile,
  table: BlockTable,
  what: string,
  peers: Peers,
): Promise<ContainerProblem[]> {
  const from = await firstBehindTheEnd(table);
  if (from === null) return [];
  return [file.lacks(cutOff(what, "blocks", from, file.size), peers.partial)];
}

async function firstBehindTheEnd(table: BlockTable): Promise<number | null> {
  const { blockBytes } = table;
  const map = new BlockMap(table);
  const end = Math.min(table.size, MOST_BLOCKS * blockBytes);
  const step = BLOCKS_AT_ONCE * blockBytes;
  for (let offset = 0; offset < end; offset += step) {
    const range = { offset, length: Math.min(step, end - offset) };
    await map.load([range]);
    let at = offset;
    for (const extent of map.extents(range.offset, range.length)) {
      const isMissing = extent.from === "hole" && MISSING.includes(extent.why);
      if (isMissing) return at;
      at += extent.length;
    }
  }
  return null;
}

const MISSING = [BEHIND_THE_END, NO_TABLE];
