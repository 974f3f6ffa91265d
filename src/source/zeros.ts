/** Whether bytes are zeros from `from` to before `until`. */
export function areZeros(bytes: Uint8Array, from: number, until: number): boolean {
  // A word at a time is several times faster, but has to begin at a multiple of four.
  let at = from;
  while (at < until && (bytes.byteOffset + at) % 4 !== 0) if (bytes[at++] !== 0) return false;
  const count = (until - at) >> 2;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, count);
  for (let i = 0; i < count; i++) if (words[i] !== 0) return false;
  for (at += count * 4; at < until; at++) if (bytes[at] !== 0) return false;
  return true;
}
