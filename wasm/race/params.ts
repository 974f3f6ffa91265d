/** What a person may vary about the race. The engine checks every bound before it sets them. */
@unmanaged
export class RaceParams {
  /** Whether the header has a buffer of its own (61578dcd). */
  fixed: bool;
  /** Whether the device copies a chunk word by word, or all at once. */
  word_copy: bool;
  /** Width of a store: 4 or 8. */
  store_bytes: u32;
  /** current_committed at the start, below entries_per_area. */
  index: u32;
  entries_per_area: u32;
  /** How many copies finish, and how many stay pending after them. */
  copies: u32;
  pending_after: u32;
  /** Sectors. */
  chunk_size: u32;
  /** What area 0 holds first, where index > 0. */
  entry0_old: u64;
  entry0_new: u64;
}

/** The engine's bound on `copies`: a word of the header then has fewer than 256 possible values. */
export const MAX_COPIES: u32 = 240;

export const params = changetype<RaceParams>(memory.data(offsetof<RaceParams>(), 8));

/** [old_chunk, new_chunk] of each copy. */
const exceptions: usize = memory.data(240 * 16, 8);

export function race_set_params(
  fixed: bool,
  store_bytes: u32,
  word_copy: bool,
  index: u32,
  entries_per_area: u32,
  copies: u32,
  pending_after: u32,
  chunk_size: u32,
): void {
  params.fixed = fixed;
  params.store_bytes = store_bytes;
  params.word_copy = word_copy;
  params.index = index;
  params.entries_per_area = entries_per_area;
  params.copies = copies;
  params.pending_after = pending_after;
  params.chunk_size = chunk_size;
}

export function race_set_exception(copy: u32, old_chunk: u64, new_chunk: u64): void {
  store<u64>(exceptions + copy * 16, old_chunk);
  store<u64>(exceptions + copy * 16, new_chunk, 8);
}

export function race_set_entry0(old_chunk: u64, new_chunk: u64): void {
  params.entry0_old = old_chunk;
  params.entry0_new = new_chunk;
}

export function exception_old(copy: u32): u64 {
  return load<u64>(exceptions + copy * 16);
}

export function exception_new(copy: u32): u64 {
  return load<u64>(exceptions + copy * 16, 8);
}

/** How many areas the copies touch: C4 clears the one after each that fills up. */
export function race_areas(): u32 {
  return (params.index + params.copies) / params.entries_per_area + 1;
}
