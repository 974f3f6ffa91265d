import type { ImageFile } from "../image-file.ts";
import { crc32c } from "./crc32c.ts";

/** The part of a header that reading needs ([MS-VHDX] 2.2.2). */
export interface VhdxHeader {
  sequence: bigint;
  /** 32 hexadecimal digits, as the bytes stand in the file; all 0: there is nothing to replay. */
  logId: string;
  /** In bytes, in the file. */
  log: { offset: number; length: number };
}

const PLACES = [64 << 10, 128 << 10];
const HEADER_BYTES = 4096;
/** "head" */
const SIGNATURE = 0x64616568;
const CHECKSUM_AT = 4;
export const NO_LOG = "0".repeat(32);

/** The header with the greatest sequence number of those whose checksum is right. */
export async function readVhdxHeader(file: ImageFile): Promise<VhdxHeader> {
  const found: VhdxHeader[] = [];
  for (const place of PLACES) {
    if (place + HEADER_BYTES > file.size) continue;
    const view = await file.read(place, HEADER_BYTES, "a header");
    if (view.getUint32(0, true) !== SIGNATURE) continue;
    if (crc32c(view, CHECKSUM_AT) !== view.getUint32(CHECKSUM_AT, true)) continue;
    found.push({
      sequence: view.getBigUint64(8, true),
      logId: guidAt(view, 48),
      log: {
        offset: file.number(
          view.getBigUint64(72, true),
          Number.MAX_SAFE_INTEGER,
          "the log's place",
        ),
        length: view.getUint32(68, true),
      },
    });
  }
  const [first, second] = found;
  if (!first) return file.damaged("no header with a checksum that is right", "one of two");
  return second && second.sequence > first.sequence ? second : first;
}

/** 16 bytes as hexadecimal digits, in the order in which they stand in the file. */
export function guidAt(view: DataView, at: number): string {
  let digits = "";
  for (let i = 0; i < 16; i++)
    digits += view
      .getUint8(at + i)
      .toString(16)
      .padStart(2, "0");
  return digits;
}
