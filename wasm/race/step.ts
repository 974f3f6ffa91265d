/**
 * One atomic step of a thread: at most one run of bytes of one place changes. Both programs are
 * lists of these; the machine carries them out on bytes, the explorer on what the bytes mean.
 */
@unmanaged
export class Step {
  /** Its number in RACE.md: 1–7 of I or of C. */
  id: u32;
  op: u32;
  /** The place whose bytes [offset, offset + length) it writes; length 0: none. */
  place: u32;
  offset: u32;
  length: u32;
  /** OP_COPY: the buffer the bytes come from, at the same offset. */
  from: u32;
  /** OP_STORE: what it stores. */
  value: u64;
  /** C: which copy's callback this is. */
  copy: u32;
  /** OP_READ_VALID: the steps it leaves out if it reads 0. */
  skip: u32;
  /** The last step of C7: current_area++, current_committed = 0. */
  advances: bool;
}
export const STEP_BYTES: u32 = <u32>(offsetof<Step>() + 7) & ~7;

/** ps->valid = 0 */
export const OP_INVALIDATE: u32 = 0;
export const OP_MEMSET: u32 = 1;
export const OP_STORE: u32 = 2;
/** A part of chunk_io WRITE. */
export const OP_COPY: u32 = 3;
/** pending_count-- */
export const OP_PENDING: u32 = 4;
/** if (ps->valid) */
export const OP_READ_VALID: u32 = 5;
export const OPS: u32 = OP_READ_VALID + 1;

export const PLACE_AREA: u32 = 0;
export const PLACE_HEADER_AREA: u32 = 1;
export const PLACE_ZERO_AREA: u32 = 2;
/** Chunk 0 of the COW device. */
export const PLACE_HEADER_CHUNK: u32 = 3;
/** The chunk of metadata area k is PLACE_AREA_CHUNK + k. */
export const PLACE_AREA_CHUNK: u32 = 4;

/** The 16 bytes that a header and an exception at index 0 share, as four words. */
export const FRONT_BYTES: u32 = 16;
export const FRONT_WORDS: u32 = 4;
