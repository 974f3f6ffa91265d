/**
 * What two interleavings must share to share every future: sixteen bytes.
 *
 *   buffers   0       1       2       3       4       5       6       7
 *           +-------+-------+-------+-------+-------+-------+-------+-------+
 *           |  area words 0–3               |  header_area words 0–3        |   palette codes
 *           +-------+-------+-------+-------+-------+-------+-------+-------+
 *   disk    |  chunk 0 words 0–3            |  flags        |
 *           +-------+-------+-------+-------+-------+-------+
 *
 * How far each thread has come is not in here but in the node (i, c) that the state belongs to;
 * ps->valid and the value C5 read follow from it (I's first step is the one that clears valid).
 */
@unmanaged
export class State {
  buffers: u64;
  disk: u64;
}

/** The area in memory still holds the old entries behind the first. */
export const FLAG_OLD_ENTRIES: u64 = 1 << 32;
/** The chunk of the area that C is in holds the words SnAp, 0 (of them, those that it will keep). */
export const FLAG_HEADER_HERE: u64 = 1 << 33;
/** The chunk of an area that C has left holds them. */
export const FLAG_HEADER_BEFORE: u64 = 1 << 34;
/** The chunk of area 0 has lost an entry it held. */
export const FLAG_LOST: u64 = 1 << 35;

/** Chunk 0 has an exception behind its first 16 bytes; the area in memory has one (see trace.ts). */
export const FLAG_STRAY: u64 = 1 << 36;
export const FLAG_STRAY_HERE: u64 = 1 << 37;
/** The words of chunk 0 never stood in the buffer at one time. */
export const FLAG_TORN: u64 = 1 << 38;
/** C has changed a word that I7 has copied. */
export const FLAG_STALE: u64 = 1 << 39;
/** FLAG_CHANGED << w: C has changed word w, which I7 has not copied yet, since it began to copy. */
export const FLAG_CHANGED: u64 = 1 << 40;
const FLAG_CHANGED_ANY: u64 = 0b1111 << 40;

/** Flags that only a later step of I7 asks about. */
export const TEARING_FLAGS: u64 = FLAG_STALE | FLAG_CHANGED_ANY;

/** The bits of front word `word` within a group of four codes. */
export function word_bits(word: u32): u64 {
  return (<u64>0xff) << (word * 8);
}
