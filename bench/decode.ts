/** The best plain JavaScript loop for the core's algorithm: words, not BigInt, and no objects. */
export function decodeInJavaScript(
  words: Uint32Array,
  perArea: number,
  bitmap: Uint32Array,
): { exceptions: number; duplicates: number } {
  let exceptions = 0;
  let duplicates = 0;
  const areas = words.length / 4 / perArea;
  for (let area = 0; area < areas; area++) {
    const start = area * perArea * 4;
    const first = 2 + area * (perArea + 1);
    let high = 0;
    let n = 0;
    for (let at = start; n < perArea; n++, at += 4) {
      if (words[at + 2] !== first + n || words[at + 3] !== 0) break;
      high |= (words[at + 1] as number) | ((words[at] as number) >>> 29);
    }
    if (high !== 0) throw new Error("beyond the bitmap");
    for (let at = start, end = start + n * 4; at < end; at += 4) {
      const old = words[at] as number;
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
