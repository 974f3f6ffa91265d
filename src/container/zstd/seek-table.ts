import type { BlockSource } from "../../source/block-source.ts";
import { Checkpoints } from "../stream/checkpoints.ts";
import { PackedInput } from "../stream/packed-input.ts";
import type { StreamTable } from "../stream/stream-format.ts";

/** Of the frame to be skipped that the table is, and at its very end (zstd's seekable format 0.1). */
const TABLE_MAGIC = 0x184d2a5e;
const SEEKABLE_MAGIC = 0x8f92eab1;
const FRAME_HEADER = 8;
const FOOTER = 9;
const MOST_FRAMES = 0x8000000;
/** With checksums each entry has 4 bytes more. */
const HAS_CHECKSUMS = 0x80;
const RESERVED = 0x7c;

/**
 * Where the frames of a seekable file lie, by the table at its end.
 * @returns null if there is none, or if it does not account for all of the file.
 */
export async function seekTable(
  source: BlockSource,
  most: number,
): Promise<StreamTable<number> | null> {
  const { size } = source;
  if (size < FRAME_HEADER + FOOTER) return null;
  const footer = view(await source.read([{ offset: size - FOOTER, length: FOOTER }]));
  const count = footer.getUint32(0, true);
  const descriptor = footer.getUint8(4);
  if (footer.getUint32(5, true) !== SEEKABLE_MAGIC || descriptor & RESERVED) return null;
  const entry = descriptor & HAS_CHECKSUMS ? 12 : 8;
  const start = size - FOOTER - count * entry - FRAME_HEADER;
  if (count > MOST_FRAMES || start < 0) return null;
  const header = view(await source.read([{ offset: start, length: FRAME_HEADER }]));
  const length = size - start - FRAME_HEADER;
  if (header.getUint32(0, true) !== TABLE_MAGIC || header.getUint32(4, true) !== length)
    return null;
  const checkpoints = new Checkpoints<number>(most);
  const input = new PackedInput(source, start + FRAME_HEADER);
  let packed = 0;
  let unpacked = 0;
  for (let i = 0; i < count; i++) {
    if (!(await input.want(entry))) return null;
    const sizes = view(input.take(entry));
    const offset = packed;
    checkpoints.offer(unpacked, () => offset);
    packed += sizes.getUint32(0, true);
    unpacked += sizes.getUint32(4, true);
  }
  return packed === start ? { size: unpacked, checkpoints } : null;
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
