import { describe, expect, test } from "vitest";
import { diskLike, piped, TOOLS_ARE_MISSING } from "../../../testing/packed-by-tools.ts";
import { seededRng } from "../../../testing/random.ts";
import { expectRandomReads } from "../../../testing/random-reads.ts";
import {
  allBytes,
  expectCut,
  expectRow,
  isMatch,
  packedRow,
  plainRow,
  refused,
  u32,
  unwrapped,
} from "../../../testing/stream-rows.ts";
import { lz4 } from "./lz4.ts";
import { xxh32 } from "./xxh32.ts";

describe("what lz4 wrote is read as lz4 reads it", () => {
  test.each(["lz4", "lz4-legacy"])("%s", async (id) => {
    const { source, problems } = await expectRow(lz4, id);
    expect(problems).toEqual([]);
    await expectRandomReads(seededRng(1), source, plainRow(), 1000);
  });

  test
    .skipIf(TOOLS_ARE_MISSING)
    .each([
      "-1",
      "-9 -B4 -BD",
      "-B5 -BX",
      "-B7 -BD -BX --content-size",
      "--no-frame-crc",
      "-l",
      "--fast=9",
    ])("%s", async (options) => {
    for (let seed = 1; seed <= 2; seed++) {
      const flat = Buffer.concat([
        diskLike(seededRng(seed), seed * 8),
        Buffer.alloc(9 << 20, "abcdefg"),
      ]);
      const packed = piped("lz4", ["-q", "-c", ...options.split(" ")], flat);
      const value = await unwrapped(lz4, packed);
      expect(value.problems).toEqual([]);
      expect(flat.equals(await allBytes(value)), `seed ${seed}`).toBe(true);
    }
  });
});

/** A frame by hand. */
function frame(flags: number, blocks: Buffer[], behind = Buffer.alloc(0)): Buffer {
  const descriptor = Buffer.of(flags, 0x40);
  return Buffer.concat([
    ...[u32(0x184d2204), descriptor, Buffer.of((xxh32(descriptor) >> 8) & 255)],
    ...blocks.flatMap((block) => [u32(block.length), block]),
    ...[u32(0), behind],
  ]);
}

/** “abcd”, and a match of ten bytes four back. */
const block = Buffer.concat([
  Buffer.of(0x46),
  Buffer.from("abcd"),
  Buffer.of(4, 0, 0x10),
  Buffer.from("!"),
]);
const flat = Buffer.from("abcdabcdabcdab!");

describe("frames by hand", () => {
  test("are read, one after the other, and between frames to be skipped", async () => {
    const skippable = Buffer.concat([u32(0x184d2a53), u32(9), Buffer.alloc(9)]);
    const packed = [frame(0x60, [block]), skippable, frame(0x60, [block, block]), skippable];
    const value = await unwrapped(lz4, Buffer.concat(packed));
    expect(Buffer.concat([flat, flat, flat]).equals(await allBytes(value))).toBe(true);
    expect(value.problems).toEqual([]);
  });

  test("whose checksum does not match are read, and it is said", async () => {
    const right = await unwrapped(lz4, frame(0x64, [block], u32(xxh32(flat))));
    expect(right.problems).toEqual([]);
    const wrong = await unwrapped(lz4, frame(0x64, [block], u32(xxh32(flat) ^ 1)));
    expect(wrong.problems.map(({ code }) => code)).toEqual(["lz4.checksum"]);
    expect(flat.equals(await allBytes(wrong))).toBe(true);
  });

  test("followed by something else are read, and it is said", async () => {
    const value = await unwrapped(lz4, Buffer.concat([frame(0x60, [block]), Buffer.alloc(99)]));
    expect(value.problems[0]?.message).toContain("99 bytes that are no part of it");
  });

  test.each<[string, Buffer, string]>([
    [
      "a dictionary",
      Buffer.concat([
        u32(0x184d2204),
        Buffer.of(0x61, 0x40, 1, 0, 0, 0),
        Buffer.of((xxh32(Buffer.of(0x61, 0x40, 1, 0, 0, 0)) >> 8) & 255),
        Buffer.alloc(8),
      ]),
      "refused",
    ],
    ["another version", frame(0x20, [block]), "damaged"],
    [
      "another header checksum",
      Buffer.concat([u32(0x184d2204), Buffer.of(0x60, 0x40, 0), Buffer.alloc(9)]),
      "damaged",
    ],
    ["a match before the start", frame(0x60, [Buffer.of(0x16, 65, 9, 0, 0)]), "damaged"],
    ["a match at no distance", frame(0x60, [Buffer.of(0x16, 65, 0, 0, 0)]), "damaged"],
    ["literals that break off", frame(0x60, [Buffer.of(0xf0, 255, 255)]), "damaged"],
    [
      "a block of 2 GiB",
      Buffer.concat([frame(0x60, []).subarray(0, 7), u32(0x7fffffff)]),
      "damaged",
    ],
    [
      "a match into the block before, though they are apart",
      frame(0x60, [block, Buffer.of(0x06, 4, 0, 0)]),
      "damaged",
    ],
  ])("with %s are refused", async (_, packed, kind) => {
    expect((await refused(lz4, packed)).code).toBe(`lz4.${kind}`);
  });

  test("a match of 64 KiB and more is no bomb", async () => {
    // Lengths of 255 and 255: what the block may hold is passed.
    const long = Buffer.concat([Buffer.of(0x1f, 65, 1, 0), Buffer.alloc(500, 255), Buffer.of(0)]);
    const problem = await refused(lz4, frame(0x60, [long]));
    expect(problem.message).toContain("a block of more than it may hold");
  });
});

test("wherever it is cut: what came before is right", async () => {
  for (const id of ["lz4", "lz4-legacy"]) {
    const whole = packedRow(id);
    for (const share of [0.1, 0.5, 0.9, 1]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share) - 1);
      await expectCut(lz4, cut, plainRow());
    }
  }
});

test("XXH32 of known bytes", () => {
  // From the xxHash project's table of sanity checks, and widely published.
  expect(xxh32(Buffer.from(""))).toBe(0x02cc5d05);
  expect(xxh32(Buffer.from("a"))).toBe(0x550d7456);
  expect(xxh32(Buffer.from("abc"))).toBe(0x32d153ff);
});

test("other bytes are none", () => {
  for (const bytes of [Buffer.alloc(0), u32(0x184d2204), Buffer.alloc(1024, 4)]) {
    expect(isMatch(lz4, bytes)).toBe(false);
  }
});
