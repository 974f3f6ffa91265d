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
  openTight,
  packedRow,
  plainRow,
  unwrapped,
} from "../../../testing/stream-rows.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { bzip2 } from "./bzip2.ts";
import { BZIP2_FORMAT } from "./bzip2-format.ts";

test("what bzip2 wrote is read as bzip2 reads it, also at random", async () => {
  const { source, problems } = await expectRow(bzip2, "bzip2");
  expect(problems).toEqual([]);
  await expectRandomReads(seededRng(1), source, plainRow(), 1000);
});

describe.skipIf(TOOLS_ARE_MISSING)("with other settings, streams and pieces", () => {
  test.each(["-1", "-5", "-9"])("%s", async (level) => {
    for (let seed = 1; seed <= 3; seed++) {
      const parts = [diskLike(seededRng(seed), seed * 8), diskLike(seededRng(seed + 9), 3)];
      const packed = parts.map((flat) => piped("bzip2", ["-c", level], flat));
      const value = await unwrapped(bzip2, Buffer.concat(packed));
      expect(value.problems).toEqual([]);
      expect(Buffer.concat(parts).equals(await allBytes(value)), `seed ${seed}`).toBe(true);
    }
  });

  test("nothing, and runs of all lengths", async () => {
    const runs = Array.from({ length: 300 }, (_, i) => Buffer.alloc(i, i % 2));
    for (const flat of [Buffer.alloc(0), Buffer.concat(runs), Buffer.alloc(5_000_000)]) {
      const value = await unwrapped(bzip2, piped("bzip2", ["-c"], flat));
      expect(flat.equals(await allBytes(value))).toBe(true);
    }
  });

  test("from blocks, where little is kept", async () => {
    const flat = diskLike(seededRng(2), 90);
    const packed = new BytesSource(piped("bzip2", ["-1", "-c"], flat));
    const { source } = await openTight(BZIP2_FORMAT, packed);
    await expectRandomReads(seededRng(2), source, flat, 60);
  });
});

test("bits turned over are never unpacked to other bytes unsaid", async () => {
  const whole = packedRow("bzip2");
  for (let seed = 1; seed <= 25; seed++) {
    const rng = seededRng(seed);
    const packed = Buffer.from(whole);
    const at = rng.between(10, whole.length - 1);
    packed[at] = (packed[at] ?? 0) ^ (1 << rng.below(8));
    const opened = await openAlone(bzip2, packed);
    if (opened.ok && opened.value.problems.length === 0) {
      expect(Buffer.compare(await allBytes(opened.value), plainRow()), `seed ${seed}`).toBe(0);
    }
  }
});

test("wherever it is cut: whole blocks, and the right ones", async () => {
  const whole = packedRow("bzip2");
  for (const length of [6, 100, 5000, whole.length - 1]) {
    await expectCut(bzip2, whole.subarray(0, length), plainRow());
  }
});

test("what follows is said, and other bytes are none", async () => {
  const value = await unwrapped(bzip2, Buffer.concat([packedRow("bzip2"), Buffer.from("junk")]));
  expect(value.problems.map(({ code }) => code)).toEqual(["bzip2.junk"]);
  for (const text of ["", "BZh9", "BZh01", "BZx91"])
    expect(isMatch(bzip2, Buffer.from(text))).toBe(false);
});
