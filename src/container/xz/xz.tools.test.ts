import { describe, expect, test } from "vitest";
import { diskLike, piped, TOOLS_ARE_MISSING } from "../../../testing/packed-by-tools.ts";
import { seededRng } from "../../../testing/random.ts";
import { expectRandomReads } from "../../../testing/random-reads.ts";
import {
  allBytes,
  expectCut,
  openTight,
  refused,
  unwrapped,
} from "../../../testing/stream-rows.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { xz } from "./xz.ts";
import { XZ_FORMAT } from "./xz-format.ts";

const packed = (options: string, flat: Uint8Array) =>
  piped("xz", ["-c", ...options.split(" ")], flat);

/** Calls and jumps among other bytes: what the filter of x86 changes. */
function codeLike(seed: number, length: number): Buffer {
  const rng = seededRng(seed);
  const bytes = Buffer.alloc(length);
  for (let at = 0; at + 5 < length; at += rng.between(1, 7)) {
    bytes[at] = rng.pick([0xe8, 0xe9, 0x0f, 0x00, 0xff]);
    bytes.writeInt32LE(rng.between(-(1 << rng.between(1, 30)), 1 << rng.between(1, 30)), at + 1);
  }
  return bytes;
}

describe.skipIf(TOOLS_ARE_MISSING)("what xz packs is read as xz unpacks it", () => {
  test.each([
    "-0",
    "-6",
    "-9e",
    "--check=none",
    "--check=crc32",
    "--check=sha256",
    "-T2 --block-size=65536",
    "--lzma2=lc=0,lp=4,pb=4",
    "--lzma2=lc=4,lp=0,pb=0",
    "--lzma2=dict=4KiB",
    "--delta=dist=1 --lzma2",
    "--delta=dist=256 --lzma2",
    "--x86 --lzma2",
    "--x86=start=4096 --delta=dist=4 --lzma2",
  ])("%s", async (options) => {
    for (let seed = 1; seed <= 3; seed++) {
      const flat = Buffer.concat([diskLike(seededRng(seed), seed * 6), codeLike(seed, 70_001)]);
      const value = await unwrapped(xz, packed(options, flat));
      expect(value.problems).toEqual([]);
      expect(flat.equals(await allBytes(value)), `seed ${seed}`).toBe(true);
    }
  });

  test("at random, from blocks of several streams", async () => {
    const flats = [1, 2, 3].map((seed) => diskLike(seededRng(seed), 50));
    const streams = flats.flatMap((flat) => [
      packed("-1 --block-size=300000", flat),
      Buffer.alloc(8),
    ]);
    const all = Buffer.concat(streams);
    const flat = Buffer.concat(flats);
    expect(flat.equals(piped("xz", ["-dc"], all))).toBe(true);
    const value = await unwrapped(xz, all);
    expect(value.problems).toEqual([]);
    await expectRandomReads(seededRng(1), value.source, flat, 1000);
    const tight = await openTight(XZ_FORMAT, new BytesSource(all));
    await expectRandomReads(seededRng(2), tight.source, flat, 60);
  });

  test("too long to be kept: by the index, without a sweep", async () => {
    const flat = Buffer.concat([1, 2, 3].map((seed) => diskLike(seededRng(seed), 60)));
    const options = "-0 --block-size=200000";
    const all = Buffer.concat([packed(options, flat), Buffer.alloc(12), packed(options, flat)]);
    const below = new BytesSource(all);
    const { source } = await openTight(XZ_FORMAT, below);
    // Footers, indexes and headers.
    expect(below.counters.bytes).toBeLessThan(20_000);
    await expectRandomReads(seededRng(3), source, Buffer.concat([flat, flat]), 60);
    // What does not match its check is not given out unsaid.
    const at = all.length - 40_000;
    const damaged = Buffer.from(all);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    const other = await openTight(XZ_FORMAT, new BytesSource(damaged));
    const reading = other.source.read([{ offset: 0, length: 2 * flat.length }]);
    await expect(reading).rejects.toThrow(/damaged|do not match/);
  });

  test("a filter that is not read: refused, and it is said how to unpack it", async () => {
    const flat = diskLike(seededRng(1), 5);
    for (const filter of ["--arm", "--powerpc", "--sparc"]) {
      const file = packed(`${filter} --lzma2`, flat);
      const problem = await refused(xz, file);
      expect(problem.code).toBe("xz.refused");
      expect(problem.message).toContain("“xz -d FILE” unpacks it");
      // The command does what is said of it.
      expect(flat.equals(piped("xz", ["-d"], file))).toBe(true);
    }
  });

  test("wherever it is cut: what came before is right", async () => {
    const flat = diskLike(seededRng(3), 6);
    const whole = packed("-6", flat);
    for (let i = 1; i < 12; i++) {
      const cut = whole.subarray(0, Math.floor((whole.length * i) / 12));
      await expectCut(xz, cut, flat);
    }
  });
});
