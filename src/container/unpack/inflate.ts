import { Inflate, OUTPUT_BYTES, type Stop } from "../gzip/inflate.ts";
import { PackedInput } from "../stream/packed-input.ts";
import { adler32 } from "./adler32.ts";

const ZLIB_HEADER_BYTES = 2;
const ZLIB_DEFLATE = 8;

/** Writers' blocks are far longer; each may cost a table that takes longer to build than to use. */
const LEAST_BLOCK_BYTES = 64;
const MOST_BLOCKS = 1000;

/** One after the other, so one is enough. */
const scratch = new Uint8Array(OUTPUT_BYTES);

/**
 * Unpacks a deflate stream that a writer stored of one block: stops after `most` bytes, so that no
 * bomb grows, and where the stream ends, whatever lies behind it.
 * @returns what came out, which may be fewer bytes.
 * @throws Error if the stream is damaged or breaks off before `most` bytes.
 */
export function inflate(packed: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  return unpack(PackedInput.of(packed), most).bytes;
}

/** The same with zlib's header and checksum (RFC 1950) around it. */
export function inflateZlib(packed: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  const [method = 0, flags = 0] = packed;
  const hasDictionary = (flags & 0x20) !== 0;
  if ((method & 15) !== ZLIB_DEFLATE || (method * 256 + flags) % 31 !== 0 || hasDictionary) {
    throw new Error("no zlib stream begins here");
  }
  const input = PackedInput.of(packed.subarray(ZLIB_HEADER_BYTES));
  const { bytes, isOver } = unpack(input, most);
  if (isOver) expectChecksum(bytes, input);
  return bytes;
}

/** @returns what came out, and whether that is all of the stream. */
function unpack(input: PackedInput, most: number) {
  const stream = new Inflate(input, scratch);
  stream.begin();
  const bytes = new Uint8Array(most);
  let length = 0;
  /** @returns whether there is more than wanted. */
  const deliver = (): boolean => {
    const run = stream.deliver();
    bytes.set(run.subarray(0, most - length), length);
    length += run.length;
    return length > most;
  };
  for (let blocks = 0; ; ) {
    const stop = runOrFail(stream);
    if (stop === "block") {
      if (++blocks > MOST_BLOCKS + most / LEAST_BLOCK_BYTES) throw new Error("far too many blocks");
      continue;
    }
    const isMore = deliver();
    if (isMore || stop === "end") {
      return { bytes: bytes.subarray(0, length), isOver: !isMore };
    }
    if (stop === "full") continue;
    // A cut behind the last byte that is wanted takes nothing away.
    if (length === most) return { bytes, isOver: false };
    throw stop;
  }
}

function runOrFail(stream: Inflate): Stop | Error {
  try {
    return stream.runNow();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function expectChecksum(bytes: Uint8Array, input: PackedInput): void {
  if (input.left < 4) throw input.cut();
  const { buffer, byteOffset } = input.take(4);
  const stored = new DataView(buffer, byteOffset, 4).getUint32(0);
  if (stored !== adler32(bytes)) throw new Error("the bytes do not match their checksum");
}
