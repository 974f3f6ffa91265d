import type { BlockSource } from "../../source/block-source.ts";
import { Checkpoints } from "../stream/checkpoints.ts";
import { PackedInput } from "../stream/packed-input.ts";
import { StreamDamage, type StreamTable } from "../stream/stream-format.ts";
import { LzmaError } from "./range-decoder.ts";
import { expectFooter, FRAME_LENGTH, streamCheck } from "./stream-frame.ts";
import { readIndex } from "./xz-index.ts";

/** Where a block begins. */
export interface XzPlace {
  offset: number;
  /** The kind of check of its stream. */
  check: number;
}

interface XzBlock extends XzPlace {
  size: number;
}

/** So many blocks are kept of all indexes, at most; with more of them a file is swept. */
const MOST_BLOCKS = 1 << 20;
/** Zeros behind a stream, at most, that are passed over here. */
const MOST_PADDING = 4096;

/**
 * Where the blocks of all streams lie, by the indexes at their ends (xz file format 1.2, 4): the last
 * stream first. @returns null if not all of the file is accounted for.
 */
export async function blockTable(
  source: BlockSource,
  most: number,
): Promise<StreamTable<XzPlace> | null> {
  try {
    const streams: XzBlock[][] = [];
    let count = 0;
    for (let end = source.size; end > 0; ) {
      const stream = await lastStream(source, end, MOST_BLOCKS - count);
      streams.push(stream.blocks);
      count += stream.blocks.length;
      end = stream.start;
    }
    const checkpoints = new Checkpoints<XzPlace>(most);
    let size = 0;
    for (const { offset, check, size: own } of streams.reverse().flat()) {
      checkpoints.offer(size, () => ({ offset, check }));
      size += own;
    }
    return Number.isSafeInteger(size) ? { size, checkpoints } : null;
  } catch (error) {
    if (error instanceof LzmaError || error instanceof StreamDamage) return null;
    throw error;
  }
}

/** @param end where it ends in the file, padding included. @throws LzmaError, StreamDamage */
async function lastStream(
  source: BlockSource,
  end: number,
  most: number,
): Promise<{ start: number; blocks: XzBlock[] }> {
  const from = Math.max(0, end - MOST_PADDING - FRAME_LENGTH);
  const tail = await source.read([{ offset: from, length: end - from }]);
  let behind = tail.length;
  while (behind > 0 && tail[behind - 1] === 0) behind -= 1;
  const at = from + behind - FRAME_LENGTH;
  if (behind < FRAME_LENGTH || (end - from - behind) % 4 !== 0) throw new LzmaError("no footer");
  const footer = tail.subarray(behind - FRAME_LENGTH, behind);
  const view = new DataView(footer.buffer, footer.byteOffset, FRAME_LENGTH);
  const length = (view.getUint32(4, true) + 1) * 4;
  const check = view.getUint8(9);
  expectFooter(footer, check, length);
  if (length > at - FRAME_LENGTH) throw new LzmaError("an index before the file");
  const blocks: XzBlock[] = [];
  let offset = FRAME_LENGTH;
  await readIndex(new PackedInput(source, at - length, at), (unpadded, size) => {
    if (blocks.length === most) throw new LzmaError("more blocks than are kept");
    blocks.push({ offset, size, check });
    offset += Math.ceil(unpadded / 4) * 4;
  });
  const start = at - length - offset;
  if (start < 0) throw new LzmaError("blocks before the file");
  const header = await source.read([{ offset: start, length: FRAME_LENGTH }]);
  if (streamCheck(header) !== check) throw new LzmaError("another header");
  for (const block of blocks) block.offset += start;
  return { start, blocks };
}
