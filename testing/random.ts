/** Seeded randomness, so that every generated case can be replayed from one printed number. */
export interface Rng {
  /** A whole number in [0, bound). */
  below(bound: number): number;
  /** A whole number in [low, high], both ends included. */
  between(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
  chance(probability: number): boolean;
  /** 64 random bits. */
  u64(): bigint;
}

/** mulberry32: 32 bits of state are plenty here, and the whole generator can be read at a glance. */
export function seededRng(seed: number): Rng {
  let state = seed >>> 0;
  const u32 = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (bound: number) => Math.floor((u32() / 2 ** 32) * bound);
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    shuffle: (items) => {
      const keyed = items.map((item) => ({ item, key: u32() }));
      return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
    },
    chance: (probability) => u32() / 2 ** 32 < probability,
    u64: () => (BigInt(u32()) << 32n) | BigInt(u32()),
  };
}
