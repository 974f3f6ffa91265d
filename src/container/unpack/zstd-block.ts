import { History } from "../stream/history.ts";
import { blockHeader, Frame } from "../zstd/frame.ts";
import { frameHeader, LONGEST_HEADER, ZSTD_MAGIC } from "../zstd/frame-header.ts";
import { Xxh64 } from "../zstd/xxh64.ts";

/** What a decoder must be ready to keep, as RFC 8878 (3.1.1.1.2) recommends. */
const MOST_WINDOW = 8 << 20;

/**
 * Unpacks the one frame that a writer stored of one block, whatever lies behind it.
 * @returns what came out, at most `most` bytes. @throws Error if the frame is damaged.
 */
export function unzstd(packed: Uint8Array, most: number): Uint8Array {
  const start = new Uint8Array(LONGEST_HEADER);
  start.set(packed.subarray(0, LONGEST_HEADER));
  const view = new DataView(start.buffer);
  const header = frameHeader(view);
  if (view.getUint32(0, true) !== ZSTD_MAGIC || !header) throw new Error("there is no zstd frame");
  const { window, contentSize, dictionary, hasChecksum } = header;
  if (dictionary !== 0) throw new Error("it needs a dictionary");
  if (contentSize !== null && contentSize > most) {
    throw new Error(`${contentSize} bytes are packed where ${most} should be`);
  }
  if (window > Math.max(MOST_WINDOW, most)) throw new Error(`it needs a window of ${window} bytes`);
  const history = new History();
  const frame = new Frame(history, window);
  let at = header.length;
  const take = (count: number): Uint8Array => {
    if (count > packed.length - at) throw new Error("the packed bytes break off");
    at += count;
    return packed.subarray(at - count, at);
  };
  for (let isOver = false; !isOver; ) {
    const block = blockHeader(take(3), 0);
    frame.unpack(block, take(block.packed));
    if (history.pending > most) throw new Error(`more than ${most} bytes are packed`);
    isOver = block.isLast;
  }
  const bytes = history.deliver();
  if (hasChecksum) expectSum(bytes, take(4));
  return bytes;
}

function expectSum(bytes: Uint8Array, stored: Uint8Array): void {
  const sum = new Xxh64();
  sum.add(bytes);
  const expected = new DataView(stored.buffer, stored.byteOffset, 4).getUint32(0, true);
  if (sum.low32() !== expected) throw new Error("they do not match their checksum");
}
