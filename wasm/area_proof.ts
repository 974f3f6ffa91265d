/**
 * The quick proof: one SIMD pass over entries that settles the usual case. A kernel from 3.13 on
 * commits in allocation order (230c83af), so entry i of area k names exactly chunk
 * area_location(k) + 1 + i; where that holds, no entry ends the table, none is doubled, none points
 * at metadata or the header, and only the last must be held against the device's end.
 */

/** All old_chunk values of the last proof, OR-ed: their common upper bound in powers of two. */
export let old_bits: u64 = 0;
/** The greatest old_chunk; exact only while old_bits fits 32 bits. */
export let old_max: u32 = 0;
/** Whether the old_chunk values, too, go up by one from entry to entry. */
export let old_run: bool = false;

/**
 * @param entries `count` exceptions (count ≥ 1).
 * @param first the new_chunk expected in the first of them.
 * @returns whether every new_chunk is the expected one.
 */
export function prove_in_order(entries: usize, count: u32, first: u64): bool {
  const first_old = load<u64>(entries);
  const step = i64x2.splat(1);
  // Lane 0 follows old_chunk as a run, lane 1 new_chunk in allocation order.
  let expected = i64x2.replace_lane(i64x2.splat(<i64>first_old), 1, <i64>first);
  let differs = i64x2.splat(0);
  let all = i64x2.splat(0);
  let greatest = i32x4.splat(0);
  const end = entries + ((<usize>count) << 4);
  for (let at = entries; at < end; at += 16) {
    const entry = v128.load(at);
    differs = v128.or(differs, v128.xor(entry, expected));
    expected = i64x2.add(expected, step);
    all = v128.or(all, entry);
    greatest = i32x4.max_u(greatest, entry);
  }
  old_bits = <u64>i64x2.extract_lane(all, 0);
  old_max = <u32>i32x4.extract_lane(greatest, 0);
  old_run = i64x2.extract_lane(differs, 0) == 0;
  return i64x2.extract_lane(differs, 1) == 0;
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
