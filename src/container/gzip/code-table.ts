/**
 * A Huffman code of deflate as a table over the next bits of the stream: each entry is
 * `symbol << 4 | length`, 0 where no code begins so.
 */
export interface CodeTable {
  entries: Uint16Array;
  /** How many bits index it: the longest code's length. */
  bits: number;
}

/** Code lengths that are none: more codes than there are, or fewer (RFC 1951, 3.2.2). */
export class CodeError extends Error {}

/**
 * @param lengths of the symbols' codes, 0 to 15; 0 is no code.
 * @param mayBeIncomplete zlib takes a code of a single symbol of one bit (inflate_table() of
 *   zlib/inftrees.c), which distances may have.
 */
export function codeTable(lengths: Uint8Array, mayBeIncomplete: boolean): CodeTable {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  let bits = 15;
  while (bits > 0 && counts[bits] === 0) bits -= 1;
  // No code at all: every use of it is an error, found where it is used.
  if (bits === 0) {
    if (!mayBeIncomplete) throw new CodeError("a code without symbols");
    return { entries: new Uint16Array(1), bits: 0 };
  }
  const next = new Uint16Array(16);
  let code = 0;
  let left = 1;
  for (let length = 1; length <= 15; length++) {
    code = (code + (counts[length - 1] ?? 0)) << 1;
    next[length] = code;
    left = left * 2 - (counts[length] ?? 0);
    if (left < 0) throw new CodeError("a code with too many symbols");
  }
  if (left > 0 && !(mayBeIncomplete && bits === 1)) throw new CodeError("a code with gaps");
  const entries = new Uint16Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] ?? 0;
    if (length === 0) continue;
    const own = next[length] ?? 0;
    next[length] = own + 1;
    // Codes come with their first bit lowest in the stream, but are counted from the highest.
    for (let i = reversed(own, length); i < entries.length; i += 1 << length) {
      entries[i] = (symbol << 4) | length;
    }
  }
  return { entries, bits };
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) result |= ((code >> i) & 1) << (length - 1 - i);
  return result;
}
