import { expect, test } from "vitest";
import { seededRng } from "../../../testing/random.ts";
import { KeptTail } from "./kept-tail.ts";

test("the last 128 KiB are there, whatever they came in", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const rng = seededRng(seed);
    const flat = Buffer.from(Array.from({ length: rng.between(0, 900_000) }, (_, i) => i % 251));
    const tail = new KeptTail();
    for (let at = 0; at < flat.length; ) {
      const end = at + rng.between(0, rng.pick([1000, 100_000, 400_000]));
      tail.add(flat.subarray(at, end));
      at = end;
    }
    const wanted = Math.min(flat.length, 128 << 10);
    expect(tail.at).toBeLessThanOrEqual(flat.length - wanted);
    for (let i = 0; i < 20; i++) {
      const offset = flat.length - rng.between(0, wanted);
      const length = rng.between(0, flat.length - offset);
      const target = new Uint8Array(length + 1);
      expect(tail.copy(offset, length, target, 1), `seed ${seed}`).toBe(true);
      expect(flat.subarray(offset, offset + length).equals(target.subarray(1))).toBe(true);
    }
    expect(tail.copy(tail.at - 1, 1, new Uint8Array(1), 0)).toBe(false);
    expect(tail.copy(flat.length, 1, new Uint8Array(1), 0)).toBe(false);
  }
});
