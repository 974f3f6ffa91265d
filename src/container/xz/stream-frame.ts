import { crc32 } from "../stream/crc32.ts";
import { LzmaError } from "./range-decoder.ts";

/** Of a stream's header and of its footer, in bytes. */
export const FRAME_LENGTH = 12;
const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0];

/** Whether an xz stream begins so. */
export function isStreamStart(bytes: Uint8Array, at = 0): boolean {
  return MAGIC.every((byte, i) => bytes[at + i] === byte);
}

/** @returns the kind of check of its blocks (xz file format 1.2, 2.1.1). @throws LzmaError */
export function streamCheck(header: Uint8Array): number {
  if (!isStreamStart(header)) throw new LzmaError("no xz stream begins here");
  const view = new DataView(header.buffer, header.byteOffset, FRAME_LENGTH);
  if (view.getUint32(8, true) !== crc32(0, header.subarray(6, 8))) {
    throw new LzmaError("the header does not match its checksum");
  }
  if (view.getUint8(6) !== 0 || view.getUint8(7) > 15) {
    throw new LzmaError("a header with flags that no xz knows");
  }
  return view.getUint8(7);
}

/** @param indexLength in bytes. @throws LzmaError if it is not the footer of this stream (2.1.2). */
export function expectFooter(footer: Uint8Array, check: number, indexLength: number): void {
  const view = new DataView(footer.buffer, footer.byteOffset, FRAME_LENGTH);
  const isRight =
    view.getUint32(0, true) === crc32(0, footer.subarray(4, 10)) &&
    view.getUint16(10, true) === 0x5a59 &&
    (view.getUint32(4, true) + 1) * 4 === indexLength &&
    view.getUint8(8) === 0 &&
    view.getUint8(9) === check;
  if (!isRight) throw new LzmaError("the footer is not that of this stream");
}
