import { describe, expect, test } from "vitest";
import { diskFiles, diskRow } from "../../../testing/disk-rows.ts";
import { sha256Of } from "../../../testing/handed-over.ts";
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
  u32,
  unwrapped,
} from "../../../testing/stream-rows.ts";
import { WatchedSource } from "../../../testing/watched-source.ts";
import { SourceError } from "../../source/block-source.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { Xxh64 } from "./xxh64.ts";
import { zstd } from "./zstd.ts";
import { ZSTD_FORMAT } from "./zstd-format.ts";

const u24 = (value: number) => Buffer.of(value & 255, (value >> 8) & 255, value >> 16);
const MAGIC = u32(0xfd2fb528);
/** Without a size, with a window of 8 MiB. */
const HEADER = Buffer.concat([MAGIC, Buffer.of(0, 13 << 3)]);
const raw = (bytes: Uint8Array, isLast = true) =>
  Buffer.concat([u24((bytes.length << 3) | Number(isLast)), bytes]);
const repeated = (byte: number, count: number, isLast = true) =>
  Buffer.concat([u24((count << 3) | 2 | Number(isLast)), Buffer.of(byte)]);
const skippable = (length: number, magic = 0x184d2a50) =>
  Buffer.concat([u32(magic), u32(length), Buffer.alloc(length, 7)]);
const text = (length: number) => Buffer.from("abc, ".repeat(length / 5));

describe("what real tools wrote is read as they read it", () => {
  test.each(["zstd", "zstd-frames", "pzstd", "zstd-long27", "zstd-stream", "zstd-long31"])(
    "%s",
    async (id) => {
      // All but zstd-stream have checksums: they hold.
      expect((await expectRow(zstd, id)).problems).toEqual([]);
    },
  );

  test.each(["zstd", "pzstd", "zstd-long27"])("%s at random", async (id) => {
    const { source } = await unwrapped(zstd, packedRow(id));
    const [plain] = diskFiles(diskRow("wrap-base"));
    expect(await sha256Of(source)).toBe(diskRow(id).inner?.[0]?.sha256);
    await expectRandomReads(seededRng(1), source, plain?.bytes ?? new Uint8Array(), 1000);
  });
});

describe("frames by hand", () => {
  test.each([
    ["raw", Buffer.concat([HEADER, raw(text(500))]), text(500)],
    ["of one byte", Buffer.concat([HEADER, repeated(65, 500)]), Buffer.alloc(500, 65)],
    ["empty", Buffer.concat([HEADER, raw(Buffer.alloc(0))]), Buffer.alloc(0)],
    [
      "several blocks, several frames",
      Buffer.concat([HEADER, raw(text(5), false), repeated(1, 3), HEADER, raw(text(10))]),
      Buffer.concat([text(5), Buffer.alloc(3, 1), text(10)]),
    ],
    [
      "frames to be skipped, first, between and last",
      Buffer.concat([
        ...[skippable(100), HEADER, raw(text(5)), skippable(0, 0x184d2a5f), HEADER, raw(text(5))],
        skippable(300_000, 0x184d2a5e),
      ]),
      text(10),
    ],
    ["its size in one byte", Buffer.concat([MAGIC, Buffer.of(0x20, 5), raw(text(5))]), text(5)],
    [
      "its size in two bytes, from 256 on",
      Buffer.concat([MAGIC, Buffer.of(0x60, 43, 1), raw(text(555))]),
      text(555),
    ],
  ])("%s", async (_, packed, flat) => {
    const value = await unwrapped(zstd, packed);
    expect(value.problems).toEqual([]);
    expect(flat.equals(await allBytes(value))).toBe(true);
  });

  test("of another size than they say are read, and it is said", async () => {
    const packed = Buffer.concat([MAGIC, Buffer.of(0x60, 44, 1), raw(text(555))]);
    const [problem] = (await unwrapped(zstd, packed)).problems;
    expect(problem?.code).toBe("zstd.length");
    expect(problem?.expected).toBe("556 bytes");
    expect(problem?.found).toBe("555 bytes");
  });

  test.each([
    ["a bit that no zstd knows", Buffer.concat([MAGIC, Buffer.of(8, 0), raw(text(5))]), "refused"],
    ["a dictionary", Buffer.concat([MAGIC, Buffer.of(1, 13 << 3, 9), raw(text(5))]), "refused"],
    ["a block of no kind", Buffer.concat([HEADER, u24(7)]), "damaged"],
    ["a block of 2 MiB", Buffer.concat([HEADER, repeated(0, (1 << 21) - 1)]), "damaged"],
    ["packed bytes of none", Buffer.concat([HEADER, u24(5)]), "damaged"],
    ["noise", Buffer.concat([HEADER, u24((8 << 3) | 5), Buffer.alloc(8, 0xa7)]), "damaged"],
    ["half a header", MAGIC, "cut"],
    ["half a frame to be skipped", skippable(100).subarray(0, 50), "cut"],
    ["a checksum that is missing", Buffer.concat([MAGIC, Buffer.of(4, 0), raw(text(5))]), "cut"],
  ])("with %s are refused", async (_, packed, kind) => {
    const opened = await openAlone(
      zstd,
      Buffer.concat([skippable(4), HEADER, raw(text(5)), packed]),
    );
    expect(opened.ok).toBe(false);
    if (opened.ok) return;
    expect(opened.problem.code).toBe(`zstd.${kind}`);
    expect(opened.problem.found).toMatch(/the first (5|10) bytes could be unpacked/);
  });

  test("followed by something else are read, and it is said", async () => {
    const value = await unwrapped(zstd, Buffer.concat([HEADER, raw(text(5)), Buffer.alloc(99)]));
    expect(value.problems[0]?.message).toContain("99 bytes that are no part of it");
  });

  test("are told by their magic", () => {
    expect(isMatch(zstd, Buffer.concat([skippable(10), Buffer.alloc(20)]))).toBe(false);
    expect(isMatch(zstd, skippable(10))).toBe(false);
    expect(isMatch(zstd, Buffer.alloc(7))).toBe(false);
  });
});

describe("a seek table", () => {
  /** 40 frames of 100,000 bytes, and the table of them (zstd's seekable format). */
  const parts = Array.from({ length: 40 }, (_, i) => Buffer.alloc(100_000, `${i} of many. `));
  const frames = parts.map((part) => Buffer.concat([HEADER, raw(part)]));
  const flat = Buffer.concat(parts);

  function seekable(checksums: boolean, change = 0): Buffer {
    const entries = frames.flatMap((frame, i) => [
      ...[u32(frame.length), u32((parts[i]?.length ?? 0) + (i === 7 ? change : 0))],
      ...(checksums ? [u32(0)] : []),
    ]);
    const footer = [u32(frames.length), Buffer.of(checksums ? 0x80 : 0), u32(0x8f92eab1)];
    const table = Buffer.concat([...entries, ...footer]);
    return Buffer.concat([...frames, u32(0x184d2a5e), u32(table.length), table]);
  }

  const open = async (packed: Uint8Array) => {
    const source = new BytesSource(packed);
    const value = await openTight(ZSTD_FORMAT, source);
    return { ...value, read: source.counters.bytes };
  };

  test.each([false, true])("says where the frames lie, with checksums: %s", async (checksums) => {
    const { source, read } = await open(seekable(checksums));
    expect(read).toBeLessThan(10_000);
    await expectRandomReads(seededRng(1), source, flat, 300);
  });

  test("that is not that of the file is not relied on", async () => {
    const whole = seekable(false);
    const more = Buffer.concat([HEADER, raw(text(5)), whole]);
    const { source, problems } = await open(more);
    expect(problems).toEqual([]);
    await expectRandomReads(seededRng(1), source, Buffer.concat([text(5), flat]), 50);
    const short = Buffer.concat([whole.subarray(0, -9), u32(0x7fffffff), whole.subarray(-5)]);
    expect((await open(short)).source.size).toBe(flat.length);
  });

  test("that tells a wrong size is found out where it is read", async () => {
    const { source } = await open(seekable(false, 1));
    expect(source.size).toBe(flat.length + 1);
    const reading = source.read([{ offset: 0, length: source.size }]);
    await expect(reading).rejects.toBeInstanceOf(SourceError);
  });
});

describe("checksums", () => {
  // From the xxHash project's own table of sanity checks, and widely published.
  test.each([
    ["", 0x51d8e999],
    ["a", 0xa98c6e5b],
    ["abc", 0xad770999],
  ])("XXH64 of “%s”", (bytes, low) => {
    const sum = new Xxh64();
    sum.add(Buffer.from(bytes));
    expect(sum.low32()).toBe(low);
  });

  test("XXH64 is the same however the bytes are cut", () => {
    const bytes = text(5000);
    const whole = new Xxh64();
    whole.add(bytes);
    for (let seed = 1; seed <= 50; seed++) {
      const rng = seededRng(seed);
      const sum = new Xxh64();
      for (let at = 0; at < bytes.length; ) {
        const end = at + rng.between(0, 90);
        sum.add(bytes.subarray(at, end));
        at = end;
      }
      expect(sum.low32(), `seed ${seed}`).toBe(whole.low32());
    }
  });

  test("that do not match: the bytes are kept, and it is said", async () => {
    const packed = Buffer.from(packedRow("zstd"));
    packed.writeUInt32LE((packed.readUInt32LE(packed.length - 4) ^ 1) >>> 0, packed.length - 4);
    const value = await unwrapped(zstd, packed);
    expect(value.problems.map(({ code }) => code)).toEqual(["zstd.checksum"]);
    expect(value.problems[0]?.message).toContain("bytes 0 to 25165824 do not match");
    expect(await sha256Of(value.source)).toBe(diskRow("zstd").inner?.[0]?.sha256);
  });

  test("bits turned over are never unpacked to other bytes unsaid", async () => {
    const whole = packedRow("zstd-frames");
    const first = whole.subarray(0, 3000);
    const good = await unwrapped(zstd, first, true);
    const flat = Buffer.from(await allBytes(good));
    const counts = { said: 0, refused: 0 };
    for (let seed = 1; seed <= 60; seed++) {
      const rng = seededRng(seed);
      const packed = Buffer.from(first);
      const at = rng.between(12, 2000);
      packed[at] = (packed[at] ?? 0) ^ (1 << rng.below(8));
      const opened = await openAlone(zstd, packed, true);
      if (!opened.ok) {
        counts.refused += 1;
        continue;
      }
      const codes = opened.value.problems.map(({ code }) => code);
      const bytes = await allBytes(opened.value);
      const isSame = flat.subarray(0, bytes.length).equals(bytes);
      // It is cut in the second frame or later: nothing vouches for what it holds.
      if (codes.includes("zstd.checksum") || codes.includes("zstd.damaged")) counts.said += 1;
      else expect(isSame || codes.includes("zstd.cut"), `seed ${seed}`).toBe(true);
    }
    expect(counts.said + counts.refused).toBeGreaterThan(20);
  });
});

describe("a stream that ends too early", () => {
  test("is refused, and it is said how many bytes are good", async () => {
    const problem = await refused(zstd, packedRow("cut-zstd"));
    expect(problem.code).toBe("zstd.cut");
    expect(problem.message).toContain(diskRow("cut-zstd").expected_problem);
    // Whole blocks of 128 KiB: as many as `zstd -dc` writes before it gives up.
    expect(problem.found).toContain("the first 3276800 bytes could be unpacked");
  });

  test("is read as far as it goes if that is asked for, and never as zeros", async () => {
    const value = await unwrapped(zstd, packedRow("cut-zstd"), true);
    expect(value.problems.map(({ code }) => code)).toEqual(["zstd.cut"]);
    const [plain] = diskFiles(diskRow("wrap-base"));
    const bytes = await allBytes(value);
    expect(Buffer.compare(bytes, plain?.bytes.subarray(0, bytes.length) ?? bytes)).toBe(0);
    await expect(value.source.read([{ offset: bytes.length, length: 1 }])).rejects.toThrow();
  });

  test("wherever it is cut", async () => {
    const packed = Buffer.concat([
      HEADER,
      raw(text(100), false),
      repeated(9, 77),
      HEADER,
      raw(text(50)),
    ]);
    const flat = Buffer.concat([text(100), Buffer.alloc(77, 9), text(50)]);
    for (let length = 8; length < packed.length; length++) {
      const opened = await openAlone(zstd, packed.subarray(0, length), true);
      if (!opened.ok) {
        expect(opened.problem.code).toBe("zstd.cut");
        continue;
      }
      const bytes = await allBytes(opened.value);
      expect(flat.subarray(0, bytes.length).equals(bytes), `${length} bytes`).toBe(true);
    }
  });
});

describe("bombs", () => {
  test("of zeros cost no memory", async () => {
    const block = repeated(0, 128 << 10, false);
    const blocks = Buffer.concat(Array.from({ length: 8192 }, () => block));
    const source = new WatchedSource(Buffer.concat([HEADER, blocks, repeated(0, 1)]));
    const opened = await zstd.open(source, "bomb.zst", { find: () => null, partial: false });
    if (!opened.ok) throw new Error(opened.problem.message);
    expect(opened.value.source.size).toBe(2 ** 30 + 1);
    expect(source.peak).toBeLessThan(64 << 20);
  });

  test("that ask for a window of 3.75 TiB get what they fill", async () => {
    const source = new WatchedSource(Buffer.concat([MAGIC, Buffer.of(0, 255), raw(text(100))]));
    const opened = await zstd.open(source, "bomb.zst", { find: () => null, partial: false });
    expect(opened.ok && opened.value.source.size).toBe(100);
    expect(source.peak).toBeLessThan(16 << 20);
  });

  test("of a hundred thousand frames", async () => {
    const frame = Buffer.concat([HEADER, raw(text(5))]);
    const packed = Buffer.concat(Array.from({ length: 100_000 }, () => frame));
    expect((await unwrapped(zstd, packed)).source.size).toBe(500_000);
  });
});
