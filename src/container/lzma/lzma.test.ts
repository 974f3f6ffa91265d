import { describe, expect, test } from "vitest";
import { diskLike, piped, TOOLS_ARE_MISSING } from "../../../testing/packed-by-tools.ts";
import { seededRng } from "../../../testing/random.ts";
import { expectRandomReads } from "../../../testing/random-reads.ts";
import {
  allBytes,
  expectCut,
  expectRow,
  isMatch,
  openAlone,
  packedRow,
  plainRow,
  unwrapped,
} from "../../../testing/stream-rows.ts";
import { lzma } from "./lzma.ts";

test("what xz --format=lzma wrote is read as xz reads it, also at random", async () => {
  const { source, problems } = await expectRow(lzma, "lzma");
  expect(problems).toEqual([]);
  await expectRandomReads(seededRng(1), source, plainRow(), 1000);
});

test.skipIf(TOOLS_ARE_MISSING)("and with other settings", async () => {
  for (const options of ["-0", "-9", "--lzma1=lc=0,lp=2,pb=0,dict=4KiB"]) {
    const flat = diskLike(seededRng(4), 12);
    const packed = piped("xz", ["--format=lzma", "-c", ...options.split(" ")], flat);
    // Other properties than the usual ones have another first byte, by which none is told.
    if (packed[0] !== 0x5d) {
      expect(isMatch(lzma, packed)).toBe(false);
      continue;
    }
    expect(flat.equals(await allBytes(await unwrapped(lzma, packed))), options).toBe(true);
  }
});

test("a size in the header is the end, without a mark", async () => {
  const packed = Buffer.from(packedRow("lzma"));
  packed.writeBigUInt64LE(BigInt(plainRow().length), 5);
  const value = await unwrapped(lzma, packed.subarray(0, -1));
  expect(Buffer.compare(await allBytes(value), plainRow())).toBe(0);
});

describe("a stream that ends too early", () => {
  test("wherever it is cut", async () => {
    const whole = packedRow("lzma");
    for (const length of [18, 100, 3000, whole.length - 1]) {
      const bytes = await expectCut(lzma, whole.subarray(0, length), plainRow());
      if (bytes) expect(bytes.length).toBeGreaterThan(0);
    }
  });

  test("or is damaged", async () => {
    const packed = Buffer.from(packedRow("lzma"));
    packed.fill(0xff, 60, 90);
    const opened = await openAlone(lzma, packed);
    expect(opened.ok || opened.problem.code).toMatch(/^lzma\.(damaged|cut)$/);
  });
});

test("noise and disks are none", () => {
  const rng = seededRng(1);
  const noise = Buffer.from(Array.from({ length: 512 }, () => rng.below(256)));
  for (const bytes of [
    noise,
    Buffer.alloc(512),
    plainRow(),
    Buffer.of(0x5d, 0, 0),
    packedRow("xz"),
  ]) {
    expect(isMatch(lzma, bytes)).toBe(false);
  }
});
