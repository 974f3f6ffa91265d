import { expect } from "vitest";
import type { BlockSource, Range } from "../src/source/block-source.ts";
import { totalLength } from "../src/source/block-source.ts";
import type { Rng } from "./random.ts";

/**
 * Reads a source in random places, some of them at once, and compares every byte.
 * @param flat all it should read as.
 */
export async function expectRandomReads(
  rng: Rng,
  source: BlockSource,
  flat: Uint8Array,
  reads: number,
): Promise<void> {
  expect(source.size).toBe(flat.length);
  for (let i = 0; i < reads; i++) {
    const ranges = Array.from({ length: rng.pick([1, 1, 1, 2, 5]) }, (): Range => {
      const length = Math.min(rng.between(1, rng.pick([64, 5000, 200_000])), flat.length);
      return { offset: rng.between(0, flat.length - length), length };
    });
    const got = await readEither(rng, source, ranges);
    const wanted = Buffer.concat(
      ranges.map(({ offset, length }) => flat.subarray(offset, offset + length)),
    );
    // Bytes are compared at once: a diff of them would say less than where they were read.
    if (Buffer.compare(got, wanted) !== 0) {
      const at = got.findIndex((byte, n) => byte !== wanted[n]);
      throw new Error(`read ${i} of ${JSON.stringify(ranges)} differs from its byte ${at} on`);
    }
  }
}

async function readEither(rng: Rng, source: BlockSource, ranges: Range[]): Promise<Uint8Array> {
  if (!source.readNow || rng.chance(0.5)) return source.read(ranges);
  // What is there before must not shine through.
  const target = new Uint8Array(totalLength(ranges)).fill(0xee);
  source.readNow(ranges, target);
  return target;
}
