import { decompress } from "fzstd";

const MAGIC = 0xfd2fb528;
/** What a decoder must be ready to keep, as RFC 8878 (3.1.1.1.2) recommends. */
const MOST_WINDOW = 8 << 20;

/**
 * Unpacks the one frame that a writer stored of one block, whatever lies behind it.
 * @returns what came out, at most `most` bytes. @throws Error if the frame is damaged.
 */
export function unzstd(packed: Uint8Array, most: number): Uint8Array {
  const frame = packed.subarray(0, frameLength(packed, most));
  return decompress(frame).subarray(0, most);
}

/**
 * Of the frame that `packed` begins with, in bytes (RFC 8878, 3.1.1). Refuses a frame that would
 * cost far more to unpack than `most` bytes.
 */
function frameLength(packed: Uint8Array, most: number): number {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  if (view.getUint32(0, true) !== MAGIC) throw new Error("there is no zstd frame");
  const descriptor = view.getUint8(4);
  const singleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  let at = 5;
  if (!singleSegment) expectWindow(windowBytes(view.getUint8(at++)));
  for (let i = 0; i < dictionaryBytes; i++) {
    if (view.getUint8(at++) !== 0) throw new Error("it needs a dictionary");
  }
  const content = contentBytes(view, at, sizeBytes);
  if (content > most) throw new Error(`${content} bytes are packed where ${most} should be`);
  at += sizeBytes;
  for (let blocks = most / 4096 + 64; blocks > 0; blocks--) {
    const header = view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
    const isRun = ((header >> 1) & 3) === 1;
    at += 3 + (isRun ? 1 : header >> 3);
    if (header & 1) return at + (descriptor & 4 ? 4 : 0);
  }
  throw new Error("it has far more blocks than it needs");
}

function windowBytes(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function expectWindow(bytes: number): void {
  if (bytes > MOST_WINDOW) throw new Error(`it needs a window of ${bytes} bytes`);
}

function contentBytes(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  if (bytes === 4) return view.getUint32(at, true);
  return bytes === 8 ? Number(view.getBigUint64(at, true)) : 0;
}
