import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { diskLike, piped, TOOLS_ARE_MISSING } from "../../../testing/packed-by-tools.ts";
import { seededRng } from "../../../testing/random.ts";
import { expectRandomReads } from "../../../testing/random-reads.ts";
import { allBytes, openTight, refused, unwrapped } from "../../../testing/stream-rows.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { zstd } from "./zstd.ts";
import { ZSTD_FORMAT } from "./zstd-format.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-zstd-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(TOOLS_ARE_MISSING)("what zstd packs is read as zstd unpacks it", () => {
  test.each(["-1", "-3", "-9", "-19", "--fast=5", "--ultra -22", "--no-check", "-1 --long=27"])(
    "%s",
    async (options) => {
      for (let seed = 1; seed <= 4; seed++) {
        const flat = diskLike(seededRng(seed), seed * 6);
        const packed = piped("zstd", ["-q", "-c", ...options.split(" ")], flat);
        const value = await unwrapped(zstd, packed);
        expect(value.problems).toEqual([]);
        expect(flat.equals(await allBytes(value)), `seed ${seed}`).toBe(true);
      }
    },
  );

  test("at random, from frames", async () => {
    const flats = [1, 2, 3, 4].map((seed) => diskLike(seededRng(seed), 50));
    const packed = Buffer.concat(flats.map((flat) => piped("zstd", ["-q", "-c"], flat)));
    const flat = Buffer.concat(flats);
    expect(flat.equals(piped("zstd", ["-q", "-d", "-c"], packed))).toBe(true);
    const { source } = await unwrapped(zstd, packed);
    await expectRandomReads(seededRng(1), source, flat, 1000);
    const tight = await openTight(ZSTD_FORMAT, new BytesSource(packed));
    await expectRandomReads(seededRng(2), tight.source, flat, 100);
  });

  test("with a dictionary: refused, and it is said how to unpack it", async () => {
    const dictionary = join(folder, "dictionary");
    const flat = diskLike(seededRng(1), 20);
    for (let i = 0; i < 200; i++) writeFileSync(join(folder, `${i}`), `${i} of many: ${i * 37}. `);
    const samples = Array.from({ length: 200 }, (_, i) => join(folder, `${i}`));
    execFileSync("zstd", ["-q", "--train", ...samples, "-o", dictionary], { stdio: "ignore" });
    const packed = piped("zstd", ["-q", "-c", "-D", dictionary], flat);
    const problem = await refused(zstd, packed);
    expect(problem.code).toBe("zstd.refused");
    expect(problem.message).toMatch(/dictionary \d+, which is not in the file/);
    expect(problem.message).toContain("zstd -d -D DICTIONARY FILE");
    // The command does what is said of it.
    const file = join(folder, "disk.zst");
    writeFileSync(file, packed);
    expect(flat.equals(execFileSync("zstd", ["-q", "-d", "-D", dictionary, "-c", file]))).toBe(
      true,
    );
  });
});
