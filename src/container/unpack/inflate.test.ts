import { deflateRawSync, deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { diskLike } from "../../../testing/packed-by-tools.ts";
import { seededRng } from "../../../testing/random.ts";
import { inflate, inflateZlib } from "./inflate.ts";

const JUNK = Buffer.alloc(50, 0xa5);

describe("one block, unpacked as zlib packed it", () => {
  test.each(Array.from({ length: 40 }, (_, i) => i + 1))("seed %i", (seed) => {
    const rng = seededRng(seed);
    const flat = diskLike(rng, rng.between(1, 30)).subarray(rng.below(500));
    const options = { level: rng.between(0, 9), windowBits: rng.between(9, 15) };
    const raw = Buffer.concat([deflateRawSync(flat, options), JUNK]);
    const zlib = Buffer.concat([deflateSync(flat, options), JUNK]);
    expect(Buffer.compare(inflate(raw, flat.length), flat)).toBe(0);
    expect(Buffer.compare(inflateZlib(zlib, flat.length), flat)).toBe(0);
    // Room for more, and for less.
    expect(Buffer.compare(inflate(raw, flat.length + 1000), flat)).toBe(0);
    const part = rng.below(flat.length);
    expect(Buffer.compare(inflate(raw, part), flat.subarray(0, part))).toBe(0);
    expect(Buffer.compare(inflateZlib(zlib, part), flat.subarray(0, part))).toBe(0);
  });
});

describe("what is no whole stream", () => {
  const flat = diskLike(seededRng(7), 20);

  test("one that breaks off is refused, but behind its last byte nothing is missing", () => {
    const raw = deflateRawSync(flat);
    expect(() => inflate(raw.subarray(0, raw.length / 2), flat.length)).toThrow(/too early/);
    const stored = deflateRawSync(flat.subarray(0, 100), { level: 0 });
    const empty = Buffer.from([0, 0, 0, 0xff, 0xff]);
    // A block that is not the last, and then no other.
    const open = Buffer.concat([Buffer.from([0]), stored.subarray(1), empty.subarray(0, 2)]);
    expect(Buffer.compare(inflate(open, 100), flat.subarray(0, 100))).toBe(0);
  });

  test("zlib's header and checksum are looked at", () => {
    const packed = deflateSync(flat);
    const last = packed.length - 1;
    packed[last] = (packed[last] ?? 0) ^ 1;
    expect(() => inflateZlib(packed, flat.length)).toThrow(/checksum/);
    expect(() => inflateZlib(deflateRawSync(flat), flat.length)).toThrow(/no zlib stream/);
    expect(() => inflateZlib(new Uint8Array(), 10)).toThrow(/no zlib stream/);
  });

  test("hundreds of thousands of empty blocks are more than a block needs", () => {
    const packed = new Uint8Array(4 << 20);
    for (let at = 0; at < packed.length; at += 5)
      packed.set([0, 0, 0, 0xff, 0xff].slice(0, packed.length - at), at);
    expect(() => inflate(packed, 2 << 20)).toThrow(/far too many blocks/);
  });
});
