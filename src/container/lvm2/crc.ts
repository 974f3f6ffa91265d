import { crc32 } from "../stream/crc32.ts";

/** What LVM starts its checksums with (lib/misc/crc.h, INITIAL_CRC). */
const INITIAL = 0xf597a6cf;

/** LVM's checksum: CRC-32 from its own start on, with nothing done at the end (calc_crc). */
export function checksumOf(bytes: Uint8Array): number {
  return ~crc32(~INITIAL, bytes) >>> 0;
}
