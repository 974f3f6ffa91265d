/**
 * Counts of schedules: unsigned integers of `limbs` little-endian u64s, 1 or 4. I never has more
 * than 15 steps and C no more than MAX_COPIES × 17, so no count of schedules reaches 2²⁵⁶.
 */
export const WIDE_LIMBS: u32 = 4;

/** Limbs that hold the number of ways to interleave `i` steps with `c`, and every part of it. */
export function limbs_for(i: u32, c: u32): u32 {
  let ways: f64 = 1;
  for (let k: u32 = 1; k <= i; k++) ways = (ways * <f64>(c + k)) / <f64>k;
  return ways < 9e18 ? 1 : WIDE_LIMBS;
}

/** to += from */
export function limbs_add(to: usize, from: usize, limbs: u32): void {
  if (limbs == 1) {
    store<u64>(to, load<u64>(to) + load<u64>(from));
    return;
  }
  let carry: u64 = 0;
  for (let limb: u32 = 0; limb < limbs; limb++) {
    const at = limb * 8;
    const a = load<u64>(to + at);
    const sum = a + load<u64>(from + at);
    const total = sum + carry;
    carry = u64(sum < a) | u64(total < sum);
    store<u64>(to + at, total);
  }
}

/** to += a × b, in 32-bit halves; the caller knows that the product fits. */
export function limbs_add_product(to: usize, a: usize, b: usize, limbs: u32): void {
  if (limbs == 1) {
    store<u64>(to, load<u64>(to) + load<u64>(a) * load<u64>(b));
    return;
  }
  const halves = limbs * 2;
  for (let i: u32 = 0; i < halves; i++) {
    const factor = <u64>load<u32>(a + i * 4);
    if (!factor) continue;
    let carry: u64 = 0;
    for (let j: u32 = 0; i + j < halves; j++) {
      const at = to + (i + j) * 4;
      const total = factor * load<u32>(b + j * 4) + load<u32>(at) + carry;
      store<u32>(at, <u32>total);
      carry = total >> 32;
    }
  }
}

export function limbs_equal(a: usize, b: usize, limbs: u32): bool {
  return memory.compare(a, b, limbs * 8) == 0;
}

export function limbs_zero(a: usize, limbs: u32): bool {
  let any: u64 = 0;
  for (let limb: u32 = 0; limb < limbs; limb++) any |= load<u64>(a + limb * 8);
  return any == 0;
}
