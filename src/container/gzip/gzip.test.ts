import { crc32, gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { diskRow } from "../../../testing/disk-rows.ts";
import { seededRng } from "../../../testing/random.ts";
import { expectRandomReads } from "../../../testing/random-reads.ts";
import {
  allBytes,
  expectRow,
  isMatch,
  openAlone,
  openTight,
  packedRow,
  refused,
  unwrapped,
} from "../../../testing/stream-rows.ts";
import { WatchedSource } from "../../../testing/watched-source.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { gzip } from "./gzip.ts";
import { GZIP_FORMAT } from "./gzip-format.ts";

const ALONE = { find: () => null, partial: false };

const text = (length: number) => Buffer.from("abc, ".repeat(length / 5));

describe("what real tools wrote is read as they read it", () => {
  test.each(["gzip", "gzip-members", "gzip-zero-tail", "bgzf", "pigz"])("%s", async (id) => {
    const { problems, peers } = await expectRow(gzip, id);
    expect(problems).toEqual([]);
    expect(peers).toEqual([]);
  });

  test.each(["gzip", "gzip-members", "bgzf", "pigz"])("%s at random", async (id) => {
    const packed = packedRow(id);
    const { source } = await unwrapped(gzip, packed);
    await expectRandomReads(seededRng(1), source, gunzipSync(packed), 1000);
  });

  test.each(["gzip", "bgzf", "pigz"])("%s at random, from checkpoints", async (id) => {
    const packed = packedRow(id);
    const { source } = await openTight(GZIP_FORMAT, new BytesSource(packed));
    await expectRandomReads(seededRng(2), source, gunzipSync(packed), 200);
  });
});

describe("bytes that do not compress, far more than are kept", () => {
  const rng = seededRng(7);
  const flat = Buffer.from(Uint8Array.from({ length: 9 << 20 }, () => rng.below(256)));
  const packed = gzipSync(flat, { level: 1 });

  test("are read from checkpoints", async () => {
    const { source } = await openTight(GZIP_FORMAT, new BytesSource(packed));
    await expectRandomReads(seededRng(3), source, flat, 300);
  });

  test("are unpacked once only when reads go forward", async () => {
    const below = new BytesSource(packed);
    const { source } = await openTight(GZIP_FORMAT, below);
    const swept = below.counters.bytes;
    expect(swept).toBe(packed.length);
    for (let offset = 0; offset < flat.length; offset += 10_007) {
      const length = Math.min(512, flat.length - offset);
      const bytes = await source.read([{ offset, length }]);
      expect(flat.subarray(offset, offset + length).equals(bytes)).toBe(true);
    }
    expect(below.counters.bytes - swept).toBeLessThanOrEqual(packed.length);
  });

  test("are read once only where they fit", async () => {
    const below = new BytesSource(packed);
    const opened = await gzip.open(below, "x", ALONE);
    if (!opened.ok) throw new Error(opened.problem.message);
    expect(flat.equals(await allBytes(opened.value))).toBe(true);
    expect(below.counters.bytes).toBe(packed.length);
  });
});

/** A member by hand (RFC 1952), with all that a header may have. */
function member(flat: Uint8Array, flags: number, damage: { headerCrc?: number } = {}): Buffer {
  const parts = [Buffer.of(0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 2, 3)];
  if (flags & 4) parts.push(Buffer.from([5, 0, 65, 66, 1, 0, 7]));
  if (flags & 8) parts.push(Buffer.from("disk.img\0"));
  if (flags & 16) parts.push(Buffer.from("of the old server\0"));
  if (flags & 2) {
    const crc = Buffer.alloc(2);
    crc.writeUInt16LE((crc32(Buffer.concat(parts)) & 0xffff) ^ (damage.headerCrc ?? 0));
    parts.push(crc);
  }
  return Buffer.concat([...parts, gzipSync(flat).subarray(10)]);
}

describe("headers", () => {
  test("with an extra field, a name, a comment and a checksum of their own", async () => {
    const flat = text(1000);
    for (const flags of [0, 1, 2, 4, 8, 16, 30, 31]) {
      const value = await unwrapped(gzip, member(flat, flags));
      expect(value.problems).toEqual([]);
      expect(flat.equals(await allBytes(value)), `flags ${flags}`).toBe(true);
    }
  });

  test("that do not match their checksum are read, and said", async () => {
    const value = await unwrapped(gzip, member(text(1000), 2, { headerCrc: 1 }));
    expect(value.problems.map(({ code }) => code)).toEqual(["gzip.header-checksum"]);
    expect(text(1000).equals(await allBytes(value))).toBe(true);
  });

  test("of no gzip", async () => {
    const problem = await refused(gzip, member(text(1000), 0x20));
    expect(problem.code).toBe("gzip.refused");
    expect(problem.message).toContain("flags that no gzip knows");
    expect(isMatch(gzip, Buffer.of(0x1f, 0x8b, 7, 0))).toBe(false);
    expect(isMatch(gzip, Buffer.of(0x1f))).toBe(false);
    expect(isMatch(gzip, Buffer.alloc(0))).toBe(false);
  });
});

describe("what lies behind the last member", () => {
  test("may be zeros", async () => {
    const value = await unwrapped(gzip, Buffer.concat([gzipSync(text(500)), Buffer.alloc(5000)]));
    expect(value.problems).toEqual([]);
  });

  test("is junk otherwise: read all the same, and said", async () => {
    const packed = gzipSync(text(500));
    const value = await unwrapped(gzip, Buffer.concat([packed, Buffer.from("not a member")]));
    const [problem] = value.problems;
    expect(problem?.code).toBe("gzip.junk");
    expect(problem?.message).toContain("12 bytes that are no part of it");
    expect(problem?.found).toContain(`from byte ${packed.length} on`);
    expect(text(500).equals(await allBytes(value))).toBe(true);
  });

  test("is a member that was cut off if it begins as one", async () => {
    for (const length of [1, 2, 3, 9, 10, 15]) {
      const packed = Buffer.concat([gzipSync(text(500)), gzipSync(text(500)).subarray(0, length)]);
      expect((await refused(gzip, packed)).code, `${length} bytes`).toBe("gzip.cut");
    }
  });
});

describe("checksums behind a member", () => {
  test("that do not match: the bytes are kept, and each member is said", async () => {
    const members = [text(500), text(1000), text(1500)].map((flat) => gzipSync(flat));
    const [first, , third] = members;
    if (first) first.writeUInt32LE(0x01020304, first.length - 8);
    if (third) third.writeUInt32LE(99, third.length - 4);
    const value = await unwrapped(gzip, Buffer.concat(members));
    expect(value.problems.map(({ code }) => code)).toEqual(["gzip.checksum", "gzip.length"]);
    expect(value.problems[0]?.message).toContain("bytes 0 to 500 do not match");
    expect(value.problems[0]?.expected).toContain("0x01020304");
    expect(value.problems[0]?.found).toBe(`0x${crc32(text(500)).toString(16).padStart(8, "0")}`);
    expect(value.problems[1]?.found).toBe("1500 bytes");
    expect(text(3000).equals(await allBytes(value))).toBe(true);
  });

  test("of ten thousand members are not said ten thousand times", async () => {
    const one = gzipSync(Buffer.from("x"));
    one.writeUInt32LE(1, one.length - 8);
    const value = await unwrapped(gzip, Buffer.concat(Array.from({ length: 10_000 }, () => one)));
    expect(value.source.size).toBe(10_000);
    expect(value.problems.length).toBe(10);
  });
});

describe("a stream that ends too early", () => {
  test("is refused, and it is said how many bytes are good", async () => {
    const problem = await refused(gzip, packedRow("cut-gzip"));
    expect(problem.code).toBe("gzip.cut");
    expect(problem.message).toContain(diskRow("cut-gzip").expected_problem);
    // As many as Python's zlib.decompressobj(31) gives of it.
    expect(problem.found).toContain("the first 9386829 bytes could be unpacked");
  });

  test("is read as far as it goes if that is asked for, and never as zeros", async () => {
    const whole = gunzipSync(packedRow("gzip"));
    const value = await unwrapped(gzip, packedRow("cut-gzip"), true);
    expect(value.problems.map(({ code }) => code)).toEqual(["gzip.cut"]);
    expect(value.source.size).toBe(9386829);
    expect(whole.subarray(0, 9386829).equals(await allBytes(value))).toBe(true);
    await expect(value.source.read([{ offset: 9386800, length: 100 }])).rejects.toThrow("ends at");
  });

  test("wherever it is cut: what was before it is right", async () => {
    const flat = Buffer.concat([text(3000), Buffer.from(seededRng(1).u64().toString()), text(90)]);
    const packed = Buffer.concat([gzipSync(flat, { level: 9 }), gzipSync(flat, { level: 0 })]);
    const all = Buffer.concat([flat, flat]);
    let good = 0;
    for (let length = 3; length < packed.length; length++) {
      const cut = packed.subarray(0, length);
      const value = await openAlone(gzip, cut, true);
      if (!value.ok) {
        expect(value.problem.code).toBe("gzip.cut");
        continue;
      }
      const isWhole = length === gzipSync(flat, { level: 9 }).length;
      expect(value.value.problems.map(({ code }) => code)).toEqual(isWhole ? [] : ["gzip.cut"]);
      const bytes = await allBytes(value.value);
      expect(all.subarray(0, bytes.length).equals(bytes), `${length} bytes`).toBe(true);
      expect(bytes.length).toBeGreaterThanOrEqual(good);
      good = bytes.length;
    }
    expect(good).toBe(all.length);
  });

  test("and one that is damaged is told from it", async () => {
    // The last block of the second member is of the fourth kind, which there is not.
    const second = Buffer.concat([gzipSync("").subarray(0, 10), Buffer.of(7, 0, 0, 0, 0, 0, 0)]);
    const problem = await refused(gzip, Buffer.concat([gzipSync(text(50_000)), second]));
    expect(problem.code).toBe("gzip.damaged");
    expect(problem.message).toContain("damaged: a block of no kind");
    expect(problem.found).toContain("the first 50000 bytes could be unpacked");
  });
});

describe("bombs", () => {
  const zeros = gzipSync(Buffer.alloc(64 << 20));
  /** 2 GiB of zeros. */
  const bomb = Buffer.concat(Array.from({ length: 32 }, () => zeros));

  test("of zeros cost no memory", async () => {
    const source = new WatchedSource(bomb);
    const opened = await gzip.open(source, "bomb.gz", ALONE);
    if (!opened.ok) throw new Error(opened.problem.message);
    expect(opened.value.source.size).toBe(2 ** 31);
    const bytes = await opened.value.source.read([{ offset: 2 ** 31 - 4096, length: 4096 }]);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
    expect(source.peak).toBeLessThan(32 << 20);
  });

  test("of other bytes cost what is kept", async () => {
    const noise = gzipSync(Buffer.alloc(64 << 20, "every page of it holds something"));
    const source = new WatchedSource(Buffer.concat(Array.from({ length: 10 }, () => noise)));
    const opened = await gzip.open(source, "bomb.gz", ALONE);
    if (!opened.ok) throw new Error(opened.problem.message);
    expect(opened.value.source.size).toBe(640 << 20);
    expect(source.peak).toBeLessThan(256 << 20);
  });

  test("five deep", async () => {
    let packed: Buffer = bomb;
    for (let depth = 1; depth < 5; depth++) packed = gzipSync(packed);
    const below = new WatchedSource(packed);
    let opened = await gzip.open(below, "bomb.gz", ALONE);
    for (let depth = 1; depth < 5; depth++) {
      if (!opened.ok) throw new Error(opened.problem.message);
      opened = await gzip.open(opened.value.source, "bomb.gz", ALONE);
    }
    if (!opened.ok) throw new Error(opened.problem.message);
    expect(opened.value.source.size).toBe(2 ** 31);
    expect(opened.value.source.path).toBe("gzip → gzip → gzip → gzip → gzip");
    expect(below.peak).toBeLessThan(256 << 20);
  });
});
