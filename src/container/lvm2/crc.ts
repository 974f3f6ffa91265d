/** What LVM starts its checksums with (lib/misc/crc.h, INITIAL_CRC). */
const INITIAL = 0xf597a6cf;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** LVM's checksum: the polynomial of CRC-32, its own start and nothing done at the end (calc_crc). */
export function checksumOf(...parts: readonly Uint8Array[]): number {
  let crc = INITIAL;
  for (const bytes of parts) {
    for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  }
  return crc >>> 0;
}
