/**
 * The best plain JavaScript loop for the core's algorithm that we found: words, not BigInt, no
 * objects, one pass. (Two passes as in the core, or a bitmap word kept in a variable, are slower.)
 */
export function decodeInJavaScript(
  words: Uint32Array,
  perArea: number,
  bitmap: Uint32Array,
): { exceptions: number; duplicates: number } {
  let exceptions = 0;
  let duplicates = 0;
  const areas = words.length / 4 / perArea;
  for (let area = 0; area < areas; area++) {
    let at = area * perArea * 4;
    let n = 0;
    const first = 2 + area * (perArea + 1);
    for (; n < perArea; n++, at += 4) {
      if (words[at + 2] !== first + n || words[at + 3] !== 0) break;
      const old = words[at] as number;
      if (words[at + 1] !== 0 || old >>> 29 !== 0) throw new Error("beyond the bitmap");
      const bit = 1 << (old & 31);
      const word = bitmap[old >>> 5] as number;
      if (word & bit) duplicates++;
      bitmap[old >>> 5] = word | bit;
    }
    exceptions += n;
    if (n < perArea) break;
  }
  return { exceptions, duplicates };
}
