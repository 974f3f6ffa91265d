/** `28 b5 2f fd`, little-endian. */
export const ZSTD_MAGIC = 0xfd2fb528;
/** Bytes of a frame header, at most. */
export const LONGEST_HEADER = 18;

/** A frame's header (RFC 8878, 3.1.1.1). */
export interface FrameHeader {
  /** In bytes, the magic included. */
  length: number;
  /** How far back matches may reach, in bytes. */
  window: number;
  /** What the frame unpacks to, in bytes; null: it does not say. */
  contentSize: bigint | null;
  /** 0: none. */
  dictionary: number;
  hasChecksum: boolean;
}

/**
 * @param bytes from the magic on; zeros may follow where the file ends.
 * @returns null if a bit is set that none of today's frames has.
 */
export function frameHeader(bytes: DataView): FrameHeader | null {
  const descriptor = bytes.getUint8(4);
  if (descriptor & 8) return null;
  const isSingle = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeCode = descriptor >> 6;
  const sizeBytes = sizeCode === 0 ? (isSingle ? 1 : 0) : 1 << sizeCode;
  let at = 5;
  let window = 0;
  if (!isSingle) {
    const exponent = bytes.getUint8(at) >> 3;
    const mantissa = bytes.getUint8(at) & 7;
    window = 2 ** (10 + exponent) + (2 ** (10 + exponent) / 8) * mantissa;
    at += 1;
  }
  const dictionary = Number(littleEndian(bytes, at, dictionaryBytes));
  at += dictionaryBytes;
  const size = littleEndian(bytes, at, sizeBytes) + (sizeBytes === 2 ? 256n : 0n);
  return {
    length: at + sizeBytes,
    window: isSingle ? Number(size) : window,
    contentSize: sizeBytes === 0 ? null : size,
    dictionary,
    hasChecksum: (descriptor & 4) !== 0,
  };
}

function littleEndian(bytes: DataView, at: number, count: number): bigint {
  let value = 0n;
  for (let i = count - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes.getUint8(at + i));
  return value;
}
