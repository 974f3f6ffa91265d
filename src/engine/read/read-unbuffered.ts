import type { BlockSource } from "../../source/block-source.ts";
import { type Core, putBytes } from "../core.ts";

/**
 * read_exceptions() of 2.6.11, where the header's chunk size is below the table's: chunk_io() goes
 * by the header's, the buffer and the entries in it by the table's. So an area's read leaves the end
 * of the buffer as it was: at first, the rest of the header's chunk.
 * @param core described, with the table's chunk size. @param stride the header's, in sectors.
 * @returns whether an area was called for that does not lie on the device. @throws SourceError
 */
export async function readUnbuffered(
  core: Core,
  source: BlockSource,
  stride: number,
): Promise<{ beyondDevice: boolean }> {
  const entries = core.get_per_area();
  const pieces = entries / core.piece_entries();
  const pieceBytes = core.piece_entries() * core.EXCEPTION_BYTES.value;
  const buffer = await source.read([{ offset: 0, length: pieces * pieceBytes }]);
  const length = stride * 512;
  // Each area is full of something: where the reader stands still, it would go on for ever.
  for (let area = 0; area <= source.size / 512; area++) {
    const offset = length * (1 + (entries + 1) * area);
    if (offset + length > source.size) return { beyondDevice: true };
    if (length > 0) buffer.set(await source.read([{ offset, length }]));
    for (let piece = 0; piece < pieces; piece++) {
      const at = core.window_pointer(pieceBytes);
      putBytes(core, at, buffer.subarray(piece * pieceBytes, (piece + 1) * pieceBytes));
      if (core.take_pieces(at, area * pieces + piece, 1, false)) return { beyondDevice: false };
    }
  }
  return { beyondDevice: true };
}
