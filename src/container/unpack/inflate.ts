import { Z_FINISH, Z_OK, Z_STREAM_END, ZStream, zlibInflate, zlibInflateInit2 } from "pako";

const WINDOW_BITS = { zlib: 15, deflate: -15 };

/**
 * Unpacks what a writer stored of one block: stops after `most` bytes, so that no bomb grows, and
 * where the stream ends, whatever lies behind it.
 * @param format with zlib's header and checksum, or without.
 * @returns what came out, which may be fewer bytes.
 * @throws Error if the stream is damaged or breaks off before `most` bytes.
 */
export function inflate(
  packed: Uint8Array,
  format: keyof typeof WINDOW_BITS,
  most: number,
): Uint8Array<ArrayBuffer> {
  const stream = new ZStream();
  if (zlibInflateInit2(stream, WINDOW_BITS[format]) !== Z_OK)
    throw new Error("zlib does not start");
  const bytes = new Uint8Array(most);
  stream.input = packed;
  stream.avail_in = packed.length;
  stream.output = bytes;
  stream.avail_out = most;
  const status = zlibInflate(stream, Z_FINISH);
  if (status === Z_STREAM_END || stream.avail_out === 0) return bytes.subarray(0, stream.next_out);
  throw new Error(stream.msg || "the packed bytes break off");
}
