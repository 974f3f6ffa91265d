import type { Device } from "../device.ts";
import type { Inode, Trail } from "../file-system.ts";
import { Invalid } from "../invalid.ts";
import type { MappedRun } from "../pieces.ts";
import { I_BLOCK } from "./inode.ts";

const MAGIC = 0xf30a;
/** EXT4_MAX_EXTENT_DEPTH */
const MOST_DEPTH = 5;
/** EXT_INIT_MAX_LEN: what is longer is unwritten. */
const MOST_WRITTEN = 1 << 15;
const ENTRY = 12;

/** The extent tree of an inode, in order (fs/ext4/ext4_extents.h). */
export function extentRuns(
  device: Device,
  blockBytes: number,
  inode: Inode,
  trail: Trail,
): AsyncGenerator<MappedRun> {
  const { bytes } = inode;
  const root = new DataView(bytes.buffer, bytes.byteOffset + I_BLOCK.offset, I_BLOCK.length);
  return node(root, null);

  /** @param above the depth of the node above; each is one less, so that no circle is followed. */
  async function* node(view: DataView, above: number | null): AsyncGenerator<MappedRun> {
    const { entries, depth } = header(view, above);
    for (let i = 0; i < entries; i++) {
      trail.budget.spend();
      const at = ENTRY * (1 + i);
      const block = BigInt(view.getUint32(at, true));
      if (depth === 0) {
        const length = view.getUint16(at + 4, true);
        const written = length <= MOST_WRITTEN;
        const start = view.getUint16(at + 6, true) * 2 ** 32 + view.getUint32(at + 8, true);
        const count = written ? length : length - MOST_WRITTEN;
        yield { block, start: written ? start : null, count };
        continue;
      }
      const child = view.getUint16(at + 8, true) * 2 ** 32 + view.getUint32(at + 4, true);
      const run = { offset: child * blockBytes, length: blockBytes };
      try {
        trail.mapBlock(run);
        yield* node(await device.view(run.offset, run.length), depth);
      } catch (error) {
        trail.broken(error, run);
      }
    }
  }
}

/** @throws Invalid */
function header(view: DataView, above: number | null): { entries: number; depth: number } {
  const entries = view.getUint16(2, true);
  const depth = view.getUint16(6, true);
  if (view.getUint16(0, true) !== MAGIC) throw new Invalid("this is no node of an extent tree");
  if (above === null ? depth > MOST_DEPTH : depth !== above - 1) {
    throw new Invalid(`a node of its extent tree has the depth ${depth}`);
  }
  if (ENTRY * (1 + entries) > view.byteLength) {
    throw new Invalid(`a node of its extent tree has ${entries} entries`);
  }
  return { entries, depth };
}
