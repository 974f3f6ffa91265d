/**
 * The quick proof: one SIMD pass over entries that settles the usual case. A kernel from 3.13 on
 * commits in allocation order (230c83af), so entry i of area k names exactly chunk
 * area_location(k) + 1 + i; where that holds, no entry ends the table, none is doubled, none points
 * at metadata or the header, and only the last must be held against the device's end.
 */

/** The upper halves of all words of the last proof, OR-ed. */
export let high_bits: u32 = 0;
/** The greatest old_chunk; true only if high_bits is 0. */
export let old_max: u32 = 0;
/**
 * For each 64 entries of the last proof a word with a bit for every entry whose old_chunk does not
 * follow on that of the entry before: writers touch runs of chunks.
 */
export const run_starts: usize = memory.data(8 * 1024, 8);

/** Entries for which run_starts has one word. */
export const BLOCK: u32 = 64;

/**
 * @param entries `count` exceptions (at most 65536).
 * @param first the new_chunk expected in the first of them; all must be below 2^32.
 * @returns whether every new_chunk is the expected one.
 */
export function prove_in_order(entries: usize, count: u32, first: u32): bool {
  let place = i32x4(0, 1, 2, 3);
  let all = i32x4.splat(0);
  let greatest = i32x4.splat(0);
  let differs = i32x4.splat(0);
  let before = i32x4.splat(0);
  const base = i32x4.splat(<i32>first);
  const four = i32x4.splat(4);
  const fours = count & ~3;
  for (let i: u32 = 0; i < fours; ) {
    const stop = min(i + BLOCK, fours);
    const word = run_starts + ((<usize>(i >> 6)) << 3);
    let starts: u64 = 0;
    for (let shift: u64 = 0; i < stop; shift += 4) {
      const at = entries + ((<usize>i) << 4);
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at, 32);
      const d = v128.load(at, 48);
      all = v128.or(all, v128.or(v128.or(a, b), v128.or(c, d)));
      // Two lanes of each operand, in order: one shufps each.
      const two = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
      const more = v128.shuffle<i32>(c, d, 0, 2, 4, 6);
      const old_chunks = v128.shuffle<i32>(two, more, 0, 2, 4, 6);
      const new_chunks = v128.shuffle<i32>(two, more, 1, 3, 5, 7);
      differs = v128.or(differs, v128.xor(i32x4.sub(new_chunks, place), base));
      greatest = i32x4.max_u(greatest, old_chunks);
      // In a run chunk and place go up together: their difference stays.
      const run = i32x4.sub(old_chunks, place);
      const breaks = i32x4.ne(run, v128.shuffle<i32>(before, run, 3, 4, 5, 6));
      starts |= (<u64>i32x4.bitmask(breaks)) << shift;
      before = run;
      place = i32x4.add(place, four);
      i += 4;
    }
    store<u64>(word, starts | 1);
  }
  high_bits = <u32>(i32x4.extract_lane(all, 1) | i32x4.extract_lane(all, 3));
  old_max = max(
    max(<u32>i32x4.extract_lane(greatest, 0), <u32>i32x4.extract_lane(greatest, 1)),
    max(<u32>i32x4.extract_lane(greatest, 2), <u32>i32x4.extract_lane(greatest, 3)),
  );
  return !v128.any_true(differs) && prove_last(entries, fours, count, first);
}

/** The up to three entries behind the last whole four; each counts as a run of its own. */
function prove_last(entries: usize, from: u32, count: u32, first: u32): bool {
  let in_order = true;
  for (let i = from; i < count; i++) {
    const old_chunk = load<u64>(entries + ((<usize>i) << 4));
    const word = run_starts + ((<usize>(i >> 6)) << 3);
    const others: u64 = (i & 63) == 0 ? 0 : load<u64>(word);
    store<u64>(word, others | ((<u64>1) << (i & 63)));
    high_bits |= <u32>(old_chunk >> 32);
    old_max = max(old_max, <u32>old_chunk);
    in_order = in_order && load<u64>(entries + ((<usize>i) << 4), 8) == first + i;
  }
  return in_order && high_bits == 0;
}

/** @returns how many leading entries name the expected chunks `first`, `first` + 1 … */
export function in_order_prefix(entries: usize, count: u32, first: u64): u32 {
  let i: u32 = 0;
  while (i < count && load<u64>(entries + ((<usize>i) << 4), 8) == first + i) i++;
  return i;
}

/** @returns the offset in bytes of the first byte that is not zero, or `length`. */
export function first_nonzero(bytes: usize, length: u32): u32 {
  let at: u32 = 0;
  while (at + 16 <= length && !v128.any_true(v128.load(bytes + at))) at += 16;
  while (at < length && load<u8>(bytes + at) == 0) at++;
  return at;
}
