import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { diskLike } from "../../../testing/packed-by-tools.ts";
import { seededRng } from "../../../testing/random.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { PackedInput } from "../stream/packed-input.ts";
import { StreamDamage } from "../stream/stream-format.ts";
import { Inflate } from "./inflate.ts";

async function inflated(packed: Uint8Array): Promise<{ bytes: Buffer; rest: number }> {
  const input = new PackedInput(new BytesSource(packed), 0);
  const inflate = new Inflate(input);
  inflate.begin();
  const runs: Uint8Array[] = [];
  for (;;) {
    const stop = await inflate.run();
    if (stop !== "block") runs.push(inflate.deliver().slice());
    if (stop === "end") return { bytes: Buffer.concat(runs), rest: packed.length - input.offset };
  }
}

/** What zlib says of it. */
function byZlib(packed: Uint8Array): Buffer | null {
  try {
    return inflateRawSync(packed);
  } catch {
    return null;
  }
}

describe("a deflate stream is unpacked as zlib does it", () => {
  const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED } = constants;

  test.each(Object.entries({ Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED }))(
    "%s",
    async (_, strategy) => {
      for (let seed = 1; seed <= 12; seed++) {
        const rng = seededRng(seed * 100 + strategy);
        const flat = diskLike(rng, rng.between(1, 40));
        const level = rng.between(0, 9);
        const options = {
          strategy,
          level,
          memLevel: rng.between(1, 9),
          windowBits: rng.between(9, 15),
        };
        const packed = deflateRawSync(flat, options);
        const rest = rng.pick([0, 1, 9, 700]);
        const found = await inflated(Buffer.concat([packed, Buffer.alloc(rest, 0xa5)]));
        expect(found.bytes.equals(flat), `seed ${seed}`).toBe(true);
        expect(found.rest).toBe(rest);
      }
    },
  );

  test("and refused where zlib refuses it: bits turned over in small streams", async () => {
    const counts = { same: 0, refused: 0 };
    for (let seed = 1; seed <= 1000; seed++) {
      const rng = seededRng(seed);
      const flat = diskLike(rng, 2).subarray(0, rng.between(0, 3000));
      const strategy = rng.pick([Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY]);
      const packed = Buffer.from(deflateRawSync(flat, { strategy, memLevel: rng.between(1, 9) }));
      for (let flips = rng.between(1, 3); flips > 0; flips--) {
        const at = Math.min(rng.below(packed.length), rng.pick([3, 60, packed.length - 1]));
        packed[at] = (packed[at] ?? 0) ^ (1 << rng.below(8));
      }
      const expected = byZlib(packed);
      const found = await inflated(packed).catch((error: unknown) => error);
      if (expected === null) {
        expect(found, `seed ${seed}`).toBeInstanceOf(StreamDamage);
        counts.refused += 1;
      } else {
        expect(found, `seed ${seed}`).toHaveProperty("bytes");
        expect((await inflated(packed)).bytes.equals(expected), `seed ${seed}`).toBe(true);
        counts.same += 1;
      }
    }
    // Both must have been tried for the comparison to mean something.
    expect(Math.min(counts.same, counts.refused)).toBeGreaterThan(100);
  });
});
