import { expect, test } from "vitest";
import { seededRng } from "../../testing/random.ts";
import { KeptPages } from "./kept-pages.ts";

/** Zeros and other bytes, in runs that seldom end where a page does. */
function flatOf(seed: number, length: number): Buffer {
  const rng = seededRng(seed);
  const flat = Buffer.alloc(length);
  for (let at = 0; at < length; at += rng.between(1, 30_000)) {
    if (rng.chance(0.3))
      flat.fill(1 + rng.below(255), at, Math.min(length, at + rng.between(1, 9000)));
  }
  return flat;
}

test("what was added is what is copied, whatever it was cut into", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const rng = seededRng(seed);
    const flat = flatOf(seed, rng.between(0, 300_000));
    const kept = new KeptPages(1 << 20);
    for (let at = 0; at < flat.length; ) {
      const end = at + rng.between(0, rng.pick([10, 5000, 100_000]));
      kept.add(flat.subarray(at, end));
      at = end;
    }
    expect(kept.full).toBe(false);
    expect(kept.complete).toBe(flat.length);
    const copy = new Uint8Array(flat.length + 100);
    expect(kept.copy(0, copy.length, copy, 0), `seed ${seed}`).toBe(flat.length);
    expect(flat.equals(copy.subarray(0, flat.length)), `seed ${seed}`).toBe(true);
  }
});

test("what does not fit ends what is complete, and zeros always fit", () => {
  const kept = new KeptPages(3 * 4096);
  kept.add(new Uint8Array(10 << 20));
  for (let i = 0; i < 3; i++) kept.add(new Uint8Array(4096).fill(1));
  kept.add(new Uint8Array(1 << 20));
  expect(kept.full).toBe(false);
  kept.add(new Uint8Array(5000).fill(2));
  expect(kept.full).toBe(true);
  expect(kept.complete).toBe((11 << 20) + 3 * 4096);
  kept.add(new Uint8Array(4096));
  expect(kept.complete).toBe((11 << 20) + 3 * 4096);
});
