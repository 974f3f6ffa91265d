/** What a byte makes of a sum: CRC-32 with the highest bit first. */
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum < 0 ? 0x04c11db7 : 0);
  return sum;
});

/** CRC-32 as bzip2 has it: `crc` goes on from what the bytes before gave, 0 at first. */
export function highCrc(crc: number, bytes: Uint8Array): number {
  let sum = ~crc;
  for (const byte of bytes) sum = (sum << 8) ^ (TABLE[(sum >>> 24) ^ byte] ?? 0);
  return ~sum >>> 0;
}
