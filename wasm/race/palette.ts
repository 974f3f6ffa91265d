import { FRONT_WORDS } from "./step";

/**
 * Every value that front word w can ever hold, numbered from 0 so that a state needs one byte a
 * word. Code 0 is the value 0 in every word; equal values share a code, so equal bytes are equal
 * states.
 */
const CODES: u32 = 256;
const values: usize = memory.data(4 * 256 * 4, 4);
const counts: usize = memory.data(4 * 4, 4);

export function palette_clear(): void {
  for (let word: u32 = 0; word < FRONT_WORDS; word++) {
    store<u32>(counts + word * 4, 0);
    code_of(word, 0);
  }
}

/** @returns the code of `value` in word `word`, a new one if it had none. */
export function code_of(word: u32, value: u32): u32 {
  const known = load<u32>(counts + word * 4);
  for (let code: u32 = 0; code < known; code++) {
    if (value_of(word, code) == value) return code;
  }
  store<u32>(values + (word * CODES + known) * 4, value);
  store<u32>(counts + word * 4, known + 1);
  return known;
}

export function value_of(word: u32, code: u32): u32 {
  return load<u32>(values + (word * CODES + code) * 4);
}
