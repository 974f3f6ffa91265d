import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { diskRow } from "../../../testing/disk-rows.ts";
import { sha256Of } from "../../../testing/handed-over.ts";
import { seededRng } from "../../../testing/random.ts";
import { expectRandomReads } from "../../../testing/random-reads.ts";
import {
  allBytes,
  expectRow,
  isMatch,
  openAlone,
  packedRow,
  plainRow,
  refused,
  u32,
  unwrapped,
} from "../../../testing/stream-rows.ts";
import { WatchedSource } from "../../../testing/watched-source.ts";
import { Crc64 } from "./crc64.ts";
import { xz } from "./xz.ts";

const withCrc = (bytes: Buffer) => Buffer.concat([bytes, u32(crc32(bytes))]);
const padded = (bytes: Buffer) =>
  Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

/** A number of the format. */
function number(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

/** LZMA2 of plain chunks. */
function plainChunks(flat: Uint8Array): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < flat.length; at += 65_536) {
    const part = flat.subarray(at, at + 65_536);
    const size = part.length - 1;
    parts.push(Buffer.of(at === 0 ? 1 : 2, size >> 8, size & 255), Buffer.from(part));
  }
  return Buffer.concat([...parts, Buffer.of(0)]);
}

interface Making {
  /** Of the dictionary's size: 0x12 is 2 MiB. */
  filters?: Buffer;
  chunks?: Buffer;
  /** Of the block's header; what follows it is put together by the flags. */
  flags?: number;
  sizes?: Buffer;
  /** What the index says. */
  size?: number;
  check?: number;
}

/** A stream of one block, by hand (xz file format 1.2). */
function stream(flat: Uint8Array, making: Making = {}): Buffer {
  const check = making.check ?? 1;
  const flags = Buffer.of(0, check);
  const chunks = making.chunks ?? plainChunks(flat);
  const filters = making.filters ?? Buffer.of(0x21, 1, 0x12);
  const body = Buffer.concat([
    Buffer.of(0, making.flags ?? 0),
    making.sizes ?? Buffer.alloc(0),
    filters,
  ]);
  const header = padded(body);
  header[0] = header.length / 4;
  const headerBytes = withCrc(header);
  const sum = check === 0 ? Buffer.alloc(0) : u32(crc32(flat));
  const block = Buffer.concat([headerBytes, padded(chunks), sum]);
  const unpadded = headerBytes.length + chunks.length + sum.length;
  const index = withCrc(
    padded(
      Buffer.concat([
        Buffer.of(0),
        number(1),
        number(unpadded),
        number(making.size ?? flat.length),
      ]),
    ),
  );
  const footer = Buffer.concat([u32(index.length / 4 - 1), flags]);
  return Buffer.concat([
    Buffer.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0),
    withCrc(flags),
    block,
    index,
    u32(crc32(footer)),
    footer,
    Buffer.from("YZ"),
  ]);
}

const text = (length: number) => Buffer.from("abc, ".repeat(length / 5));

describe("what xz wrote is read as xz reads it", () => {
  test.each(["xz", "xz-blocks", "xz-streams", "xz-x86"])("%s", async (id) => {
    expect((await expectRow(xz, id)).problems).toEqual([]);
  });

  test.each(["xz", "xz-blocks", "xz-streams"])("%s at random", async (id) => {
    const { source } = await unwrapped(xz, packedRow(id));
    expect(await sha256Of(source)).toBe(diskRow(id).inner?.[0]?.sha256);
    await expectRandomReads(seededRng(1), source, plainRow(), 1000);
  });
});

describe("streams by hand", () => {
  test("of plain chunks, in one and in several blocks' worth", async () => {
    for (const length of [0, 5, 65_535, 65_540, 200_000]) {
      const value = await unwrapped(xz, stream(text(length)));
      expect(value.problems).toEqual([]);
      expect(text(length).equals(await allBytes(value)), `${length} bytes`).toBe(true);
    }
  });

  test("that say their sizes", async () => {
    const sizes = Buffer.concat([number(plainChunks(text(500)).length), number(500)]);
    expect((await unwrapped(xz, stream(text(500), { flags: 0xc0, sizes }))).problems).toEqual([]);
    const wrong = Buffer.concat([number(plainChunks(text(500)).length), number(501)]);
    const value = await unwrapped(xz, stream(text(500), { flags: 0xc0, sizes: wrong }));
    expect(value.problems.map(({ code }) => code)).toEqual(["xz.length"]);
  });

  test("with padding between and behind them", async () => {
    const all = [stream(text(5)), Buffer.alloc(400), stream(text(10)), Buffer.alloc(4)];
    const value = await unwrapped(xz, Buffer.concat(all));
    expect(value.problems).toEqual([]);
    expect(text(15).equals(await allBytes(value))).toBe(true);
  });

  test("with something else behind them are read, and it is said", async () => {
    for (const junk of [Buffer.from("not a stream"), Buffer.alloc(3)]) {
      const value = await unwrapped(xz, Buffer.concat([stream(text(5)), junk]));
      expect(value.problems[0]?.code).toBe("xz.junk");
      expect(value.problems[0]?.message).toContain(`${junk.length} bytes that are no part of it`);
    }
  });

  test("whose check does not match: the bytes are kept, and it is said", async () => {
    const packed = stream(text(500));
    const at = packed.indexOf("abc");
    packed.write("A", at);
    const value = await unwrapped(xz, packed);
    expect(value.problems.map(({ code }) => code)).toEqual(["xz.checksum"]);
    expect((await allBytes(value)).subarray(0, 3)).toEqual(new Uint8Array(Buffer.from("Abc")));
  });

  test.each([
    ["a header with another checksum", 8, "header does not"],
    ["a block's header with another", 15, "block's header"],
    ["an index with another checksum", -16, "index does not"],
    ["a footer of another", -3, "footer"],
  ])("with %s are refused", async (_, offset, words) => {
    const packed = stream(text(500));
    const at = (offset + packed.length) % packed.length;
    packed[at] = (packed[at] ?? 0) ^ 2;
    const problem = await refused(xz, packed);
    expect(problem.code).toBe("xz.damaged");
    expect(problem.message).toContain(words);
  });

  test.each<[string, Making, string, string]>([
    ["an index of other blocks", { size: 501 }, "damaged", "other blocks than there are"],
    ["flags that no xz knows", { flags: 4 }, "damaged", "flags that no xz knows"],
    ["a dictionary of no size", { filters: Buffer.of(0x21, 1, 41) }, "damaged", "of no size"],
    ["an unknown filter", { filters: Buffer.of(0x30, 0) }, "refused", "filter 0x30"],
    [
      "a first chunk that goes on",
      { chunks: Buffer.of(2, 0, 0, 65, 0) },
      "damaged",
      "goes on from none",
    ],
    ["a chunk of no kind", { chunks: Buffer.of(3, 0, 0, 65, 0) }, "damaged", "of no kind"],
    [
      "packed noise",
      { chunks: Buffer.concat([Buffer.of(0xe0, 255, 255, 0, 99, 0x5d), Buffer.alloc(100, 0)]) },
      "damaged",
      "damaged",
    ],
    [
      "properties that there are not",
      { chunks: Buffer.concat([Buffer.of(0xe0, 0, 9, 0, 9, 225), Buffer.alloc(12)]) },
      "damaged",
      "properties",
    ],
  ])("with %s are refused", async (_, making, kind, words) => {
    const problem = await refused(xz, stream(text(500), making));
    expect(problem.code).toBe(`xz.${kind}`);
    expect(problem.message).toContain(words);
  });

  test("of a dictionary of 4 GiB get what they fill", async () => {
    const source = new WatchedSource(stream(text(500), { filters: Buffer.of(0x21, 1, 40) }));
    const opened = await xz.open(source, "x", { find: () => null, partial: false });
    expect(opened.ok && opened.value.source.size).toBe(500);
    expect(source.peak).toBeLessThan(16 << 20);
  });

  test("whose index has 2^62 blocks are refused at once", async () => {
    const packed = stream(text(5));
    const index = packed.length - 12 - 12;
    Buffer.from([0, 255, 255, 255, 255, 255, 255, 255, 127]).copy(packed, index);
    expect((await refused(xz, packed)).code).toMatch(/^xz\.(damaged|cut)$/);
  });

  test("are told by their magic", () => {
    expect(isMatch(xz, Buffer.from("\xfd7zXZ\x01", "latin1"))).toBe(false);
    expect(isMatch(xz, Buffer.alloc(0))).toBe(false);
  });
});

describe("CRC-64", () => {
  // The check value of CRC-64/XZ in every catalogue of CRCs.
  test("of 123456789", () => {
    const sum = new Crc64();
    sum.add(Buffer.from("123456789"));
    expect(sum.value()).toBe(0x995dc9bbdf1939fan);
  });

  test("of zeros is the same whether they are counted or added", () => {
    for (const length of [4096, 4097, 65_536, 100_001]) {
      const counted = new Crc64();
      const added = new Crc64();
      for (const sum of [counted, added]) sum.add(Buffer.from("before"));
      counted.add(new Uint8Array(length));
      for (let i = 0; i < length; i++) added.add(Uint8Array.of(0));
      expect(counted.value(), `${length} zeros`).toBe(added.value());
    }
  });
});

describe("a stream that ends too early", () => {
  test("is refused, and it is said how many bytes are good", async () => {
    const problem = await refused(xz, packedRow("cut-xz"));
    expect(problem.code).toBe("xz.cut");
    expect(problem.message).toContain(diskRow("cut-xz").expected_problem);
    // As many as `xz -dc` writes before it gives up.
    expect(problem.found).toContain("the first 3231247 bytes could be unpacked");
  });

  test("is read as far as it goes if that is asked for, and never as zeros", async () => {
    const value = await unwrapped(xz, packedRow("cut-xz"), true);
    expect(value.problems.map(({ code }) => code)).toEqual(["xz.cut"]);
    const bytes = await allBytes(value);
    expect(Buffer.compare(bytes, plainRow().subarray(0, bytes.length))).toBe(0);
    await expect(value.source.read([{ offset: bytes.length, length: 1 }])).rejects.toThrow();
  });

  test("wherever it is cut", async () => {
    const packed = Buffer.concat([stream(text(300)), stream(text(100))]);
    const first = stream(text(300)).length;
    for (let length = 6; length < packed.length; length++) {
      const opened = await openAlone(xz, packed.subarray(0, length), true);
      if (!opened.ok) {
        expect(opened.problem.code).toBe("xz.cut");
        continue;
      }
      const codes = opened.value.problems.map(({ code }) => code);
      // A few bytes of a second header are no stream yet.
      const isJunk = length > first && length < first + 6;
      expect(codes, `${length}`).toEqual(length === first ? [] : [isJunk ? "xz.junk" : "xz.cut"]);
      const bytes = await allBytes(opened.value);
      expect(text(400).subarray(0, bytes.length).equals(bytes), `${length} bytes`).toBe(true);
    }
  });

  test("bits turned over are never unpacked to other bytes unsaid", async () => {
    const whole = packedRow("xz-blocks");
    let said = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const rng = seededRng(seed);
      const packed = Buffer.from(whole);
      const at = rng.between(40, 6000);
      packed[at] = (packed[at] ?? 0) ^ (1 << rng.below(8));
      const opened = await openAlone(xz, packed);
      if (!opened.ok || opened.value.problems.length > 0) said += 1;
      else expect(Buffer.compare(await allBytes(opened.value), plainRow()), `seed ${seed}`).toBe(0);
    }
    expect(said).toBeGreaterThan(30);
  });
});
