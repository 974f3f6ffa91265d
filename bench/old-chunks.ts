/** A seeded generator (mulberry32): the same store in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Which origin chunks a busy volume rewrites, in order: runs of 1 to 31 chunks, half of them short,
 * at places all over an origin twice as large. Every chunk once.
 */
export function oldChunks(count: number, seed: number): Uint32Array {
  const random = seeded(seed);
  const starts: number[] = [];
  const lengths: number[] = [];
  let origin = 0;
  for (let have = 0; have < count; ) {
    const length = random() < 0.5 ? 1 + Math.floor(random() * 3) : 1 + Math.floor(random() * 31);
    starts.push(origin);
    lengths.push(Math.min(length, count - have));
    have += length;
    origin += length + Math.floor(random() * length * 2);
  }
  const order = Uint32Array.from(starts.keys());
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  const chunks = new Uint32Array(count);
  let at = 0;
  for (const run of order) {
    for (let k = 0; k < (lengths[run] ?? 0); k++) chunks[at++] = (starts[run] ?? 0) + k;
  }
  return chunks;
}

/** The metadata areas of a store with these exceptions in allocation order, one after the other. */
export function areasOf(chunks: Uint32Array, perArea: number): Uint32Array<ArrayBuffer> {
  const areas = Math.floor(chunks.length / perArea) + 1;
  const words = new Uint32Array(areas * perArea * 4);
  for (let i = 0; i < chunks.length; i++) {
    const area = Math.floor(i / perArea);
    words[i * 4] = chunks[i] ?? 0;
    words[i * 4 + 2] = 2 + area * (perArea + 1) + (i % perArea);
  }
  return words;
}
