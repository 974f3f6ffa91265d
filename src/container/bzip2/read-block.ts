import type { HighBits } from "./high-bits.ts";
import { Bzip2Error, HighCode } from "./high-code.ts";

/** What a block takes of the file, at most, in bytes: 900,000 symbols of 20 bits, and its tables. */
export const LONGEST_BLOCK = 2_400_000;

/** So many symbols in a row are read by the same code. */
const GROUP = 50;

/** A block before its order is put right. */
export interface ShuffledBlock {
  /** Its bytes, and (in the upper 24 bits) for each byte which one follows it. */
  links: Uint32Array;
  /** The byte that comes first. */
  first: number;
  count: number;
}

/**
 * Reads the rest of a block behind its checksum. @param most bytes it may hold.
 * @throws Bzip2Error, StreamDamage if cut
 */
export function readBlock(bits: HighBits, most: number): ShuffledBlock {
  if (bits.read(1) === 1) throw new Bzip2Error("a block of bzip2 0.9, which was shuffled twice");
  const origin = bits.read(24);
  const used = usedBytes(bits);
  const symbols = used.length + 2;
  const codeCount = bits.read(3);
  const selectorCount = bits.read(15);
  if (used.length === 0 || codeCount < 2 || codeCount > 6 || selectorCount === 0) {
    throw new Bzip2Error("a block without codes");
  }
  const selectors = readSelectors(bits, codeCount, selectorCount);
  const codes = Array.from({ length: codeCount }, () => new HighCode(readLengths(bits, symbols)));
  const links = new Uint32Array(most);
  const count = readSymbols(bits, { used, selectors, codes, links });
  if (origin >= count) throw new Bzip2Error("a block that begins nowhere");
  return linked(links, count, origin);
}

/** Which bytes there are: 16 groups of 16. */
function usedBytes(bits: HighBits): number[] {
  const groups = bits.read(16);
  const used: number[] = [];
  for (let group = 0; group < 16; group++) {
    if (((groups >> (15 - group)) & 1) === 0) continue;
    const own = bits.read(16);
    for (let i = 0; i < 16; i++) if ((own >> (15 - i)) & 1) used.push(group * 16 + i);
  }
  return used;
}

/** Which code each group is read by: how many codes were used more lately. */
function readSelectors(bits: HighBits, codes: number, count: number): Uint8Array {
  const recent = Array.from({ length: codes }, (_, i) => i);
  return Uint8Array.from({ length: count }, () => {
    let place = 0;
    while (bits.read(1) === 1)
      if (++place >= codes) throw new Bzip2Error("a code that there is not");
    const [code = 0] = recent.splice(place, 1);
    recent.unshift(code);
    return code;
  });
}

function readLengths(bits: HighBits, count: number): number[] {
  let length = bits.read(5);
  return Array.from({ length: count }, () => {
    while (bits.read(1) === 1) {
      length += bits.read(1) === 1 ? -1 : 1;
      if (length < 1 || length > 20) throw new Bzip2Error("a code that is too long");
    }
    if (length < 1 || length > 20) throw new Bzip2Error("a code that is too long");
    return length;
  });
}

interface Symbols {
  used: number[];
  selectors: Uint8Array;
  codes: HighCode[];
  links: Uint32Array;
}

/** @returns how many bytes were read into `links`. */
function readSymbols(bits: HighBits, { used, selectors, codes, links }: Symbols): number {
  const end = used.length + 1;
  const recent = Uint8Array.from(used);
  let count = 0;
  let run = 0;
  let weight = 1;
  for (const selector of selectors) {
    const code = codes[selector];
    for (let i = 0; i < GROUP && code; i++) {
      const symbol = code.read(bits);
      if (symbol < 2) {
        // Digits 1 and 2 of how often the last byte is repeated, the lowest first.
        run += weight << symbol;
        weight *= 2;
        if (run > links.length) throw new Bzip2Error("a block of more than it may hold");
        continue;
      }
      if (count + run + 1 > links.length + (symbol === end ? 1 : 0)) {
        throw new Bzip2Error("a block of more than it may hold");
      }
      if (run > 0) links.fill(recent[0] ?? 0, count, count + run);
      count += run;
      run = 0;
      weight = 1;
      if (symbol === end) return count;
      const byte = recent[symbol - 1] ?? 0;
      recent.copyWithin(1, 0, symbol - 1);
      recent[0] = byte;
      links[count++] = byte;
    }
  }
  throw new Bzip2Error("a block without an end");
}

/** Undoes the transform of Burrows and Wheeler: equal bytes keep their order. */
function linked(links: Uint32Array, count: number, origin: number): ShuffledBlock {
  const next = new Uint32Array(256);
  for (let i = 0; i < count; i++) {
    const byte = (links[i] ?? 0) & 255;
    next[byte] = (next[byte] ?? 0) + 1;
  }
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) {
    const own = next[byte] ?? 0;
    next[byte] = sum;
    sum += own;
  }
  for (let i = 0; i < count; i++) {
    const byte = (links[i] ?? 0) & 255;
    const at = next[byte] ?? 0;
    next[byte] = at + 1;
    links[at] = ((links[at] ?? 0) | (i << 8)) >>> 0;
  }
  return { links, first: (links[origin] ?? 0) >>> 8, count };
}
