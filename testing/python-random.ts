/**
 * Python's `random.Random(seed).randbytes(length)`: the noise in the fixtures' recipes was made with
 * it, so replaying a recipe needs the same bytes. MT19937 (Matsumoto, Nishimura 1998), seeded as
 * CPython seeds it with a 32-bit integer: init_by_array() with that one word.
 */
const N = 624;
const M = 397;

const mix = (word: number) => word ^ (word >>> 30);

function initialState(seed: number): Uint32Array {
  const state = new Uint32Array(N);
  const at = (index: number) => state[index] ?? 0;
  state[0] = 19650218;
  for (let i = 1; i < N; i++) state[i] = Math.imul(1812433253, mix(at(i - 1))) + i;
  let i = 1;
  const advance = () => {
    i++;
    if (i < N) return;
    state[0] = at(N - 1);
    i = 1;
  };
  for (let k = 0; k < N; k++) {
    state[i] = (at(i) ^ Math.imul(mix(at(i - 1)), 1664525)) + seed;
    advance();
  }
  for (let k = 0; k < N - 1; k++) {
    state[i] = (at(i) ^ Math.imul(mix(at(i - 1)), 1566083941)) - i;
    advance();
  }
  state[0] = 0x80000000;
  return state;
}

function twist(state: Uint32Array): void {
  const at = (index: number) => state[index % N] ?? 0;
  for (let i = 0; i < N; i++) {
    const y = (at(i) & 0x80000000) | (at(i + 1) & 0x7fffffff);
    state[i] = at(i + M) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}

function temper(word: number): number {
  let y = word;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return (y ^ (y >>> 18)) >>> 0;
}

/** getrandbits(8 · length) as little-endian bytes; a last part word keeps its HIGH bytes. */
export function pythonRandomBytes(seed: number, length: number): Uint8Array {
  const state = initialState(seed);
  const bytes = new Uint8Array(length);
  let used = N;
  for (let offset = 0; offset < length; offset += 4) {
    if (used === N) {
      twist(state);
      used = 0;
    }
    const word = temper(state[used++] ?? 0);
    const rest = Math.min(4, length - offset);
    const value = word >>> (8 * (4 - rest));
    for (let byte = 0; byte < rest; byte++) bytes[offset + byte] = value >>> (8 * byte);
  }
  return bytes;
}
