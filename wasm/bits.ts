/** Sets bit `n` of a bitmap. @returns whether it was set before. */
export function test_and_set(bitmap: usize, n: u64): bool {
  const byte = bitmap + <usize>(n >> 3);
  const bit: u8 = 1 << (<u8>(n & 7));
  const before = load<u8>(byte);
  store<u8>(byte, before | bit);
  return (before & bit) != 0;
}

export function test_bit(bitmap: usize, n: u64): bool {
  return (load<u8>(bitmap + <usize>(n >> 3)) & (1 << (<u8>(n & 7)))) != 0;
}
