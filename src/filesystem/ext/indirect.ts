import type { Device } from "../device.ts";
import type { Inode, Trail } from "../file-system.ts";
import type { MappedRun, PieceMaker } from "../pieces.ts";
import { blockField } from "./inode.ts";

/** i_block: so many blocks by themselves, then three that hold numbers of blocks, one level each. */
const DIRECT = 12;

/** The block map of an inode without extents, in order (fs/ext4/indirect.c). */
export async function* indirectRuns(
  device: Device,
  blockBytes: number,
  inode: Inode,
  trail: Trail,
  maker: PieceMaker,
): AsyncGenerator<MappedRun> {
  const field = blockField(inode);
  const view = new DataView(field.buffer, field.byteOffset, field.length);
  const perBlock = blockBytes / 4;
  let last: MappedRun | null = null;
  for await (const { block, start } of all()) {
    if (last && last.start !== null && joins(last, last.start, block, start)) {
      last.count += 1;
      continue;
    }
    if (last) yield last;
    last = { block, start, count: 1 };
  }
  if (last) yield last;

  async function* all(): AsyncGenerator<{ block: bigint; start: number }> {
    let block = 0;
    for (let i = 0; i < DIRECT + 3; i++) {
      const level = Math.max(0, i - DIRECT + 1);
      yield* below(view.getUint32(i * 4, true), level, block);
      block += perBlock ** level;
    }
  }

  async function* below(
    number: number,
    level: number,
    block: number,
  ): AsyncGenerator<{ block: bigint; start: number }> {
    if (number === 0 || maker.isBehind(BigInt(block))) return;
    trail.budget.spend();
    if (level === 0) {
      yield { block: BigInt(block), start: number };
      return;
    }
    const run = { offset: number * blockBytes, length: blockBytes };
    try {
      trail.mapBlock(run);
      const numbers = await device.view(run.offset, run.length);
      for (let i = 0; i < perBlock; i++) {
        yield* below(
          numbers.getUint32(i * 4, true),
          level - 1,
          block + i * perBlock ** (level - 1),
        );
      }
    } catch (error) {
      trail.broken(error, run);
    }
  }
}

const joins = (last: MappedRun, from: number, block: bigint, start: number): boolean =>
  last.block + BigInt(last.count) === block && from + last.count === start;
