import { describe, expect, test } from "vitest";
import { contentHash, described, listed } from "../../testing/files-of.ts";
import { BytesSource } from "../source/bytes-source.ts";
import { Damage } from "./damage.ts";
import { openFileSystem } from "./open-file-system.ts";

/**
 * An ext2 written by hand, of 64 blocks of 1024 bytes: superblock in block 1, descriptors in 2, inode
 * table in 5, root directory in 10 with one file, inode 12, whose block is 11.
 */
function image() {
  const bytes = new Uint8Array(64 * 1024);
  const view = new DataView(bytes.buffer);
  const u16 = (at: number, value: number) => view.setUint16(at, value, true);
  const u32 = (at: number, value: number) => view.setUint32(at, value, true);
  const superblock = { 0: 32, 4: 64, 20: 1, 24: 0, 32: 8192, 40: 32, 76: 1, 96: 2 };
  for (const [at, value] of Object.entries(superblock)) u32(1024 + Number(at), value);
  u16(1024 + 0x38, 0xef53);
  u16(1024 + 0x58, 128);
  u32(2048 + 8, 5);
  const inode = (number: number) => 5 * 1024 + (number - 1) * 128;
  const put = (number: number, mode: number, size: number, block: number) => {
    u16(inode(number), mode);
    u32(inode(number) + 4, size);
    u16(inode(number) + 0x1a, 1);
    u32(inode(number) + 0x28, block);
  };
  const entry = (at: number, number: number, length: number, type: number, name: string) => {
    u32(at, number);
    u16(at + 4, length);
    bytes[at + 6] = name.length;
    bytes[at + 7] = type;
    bytes.set(Buffer.from(name, "latin1"), at + 8);
  };
  put(2, 0x41ed, 1024, 10);
  put(12, 0x81a4, 5, 11);
  entry(10240, 2, 12, 2, ".");
  entry(10252, 2, 12, 2, "..");
  entry(10264, 12, 1000, 1, "file");
  bytes.set(Buffer.from("hello"), 11 * 1024);
  return { bytes, u16, u32, inode, put, entry, source: () => new BytesSource(bytes) };
}

const stateOf = async (source: BytesSource) =>
  (await listed(source)).entries.map(({ path, state }) => [path, state]);

describe("an ext2 written by hand", () => {
  test("is read", async () => {
    const { entries, problems } = await listed(image().source());
    expect(problems).toEqual([]);
    expect(entries).toMatchObject([
      { path: "/file", inode: "12", type: "file", mode: "0644", size: "5", state: "whole" },
    ]);
  });

  test("a directory that is in itself is gone into once", async () => {
    const { source, put, entry } = image();
    put(13, 0x41ed, 1024, 10);
    entry(10264, 13, 1000, 2, "loop");
    const { entries, problems } = await listed(source());
    expect(entries.map(({ path }) => path)).toEqual(["/loop", "/loop/loop"]);
    expect(problems.map(({ code }) => code)).toEqual(["directory.cycle"]);
  });

  test.each(["a/b", "..\0", ""])("the name %j is none", async (name) => {
    const { source, entry } = image();
    entry(10264, 12, 1000, 1, name);
    const { entries, problems } = await listed(source());
    expect(entries).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(["entry.invalid"]);
  });

  test("bytes that are no UTF-8 are kept apart, each as one half of a surrogate pair", async () => {
    const { source, entry } = image();
    entry(10264, 12, 1000, 1, "\xffa\xc3\xa9\xe9");
    const { entries } = await listed(source());
    expect(entries.map(({ path }) => path)).toEqual(["/\udcffaé\udce9"]);
    expect((await described(source(), "/\udcffaé\udce9")).inode).toBe("12");
  });

  test.each([0, 4, 10, 2000])("an entry of %d bytes ends its block", async (length) => {
    const { source, u16 } = image();
    u16(10264 + 4, length);
    const { entries, problems } = await listed(source());
    expect(entries).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(["directory.invalid"]);
  });

  test("a size of 2^63, an inode that is not there, a block behind the end: unknown", async () => {
    const { source, u32, inode, entry } = image();
    u32(inode(12) + 0x6c, 0x80000000);
    expect(await stateOf(source())).toEqual([["/file", "unknown"]]);
    u32(inode(12) + 0x6c, 0);
    u32(inode(12) + 0x28, 64);
    expect(await stateOf(source())).toEqual([["/file", "unknown"]]);
    entry(10264, 0xffffffff, 1000, 1, "file");
    expect(await stateOf(source())).toEqual([["/file", "unknown"]]);
  });

  test("an indirect block that names itself is gone through no deeper than three levels", async () => {
    const { source, u32, inode } = image();
    u32(inode(12) + 4, 0xffffffff);
    u32(inode(12) + 0x28 + 14 * 4, 20);
    for (let i = 0; i < 256; i++) u32(20 * 1024 + i * 4, 20);
    expect(await stateOf(source())).toEqual([["/file", "unknown"]]);
  });

  test("a tree of extents whose node names itself is not followed", async () => {
    const { source, u16, u32, inode } = image();
    u32(inode(12) + 0x20, 0x80000);
    for (const at of [inode(12) + 0x28, 20 * 1024]) {
      u16(at, 0xf30a);
      u16(at + 2, 1);
      u16(at + 4, 4);
      u16(at + 6, 5);
      u32(at + 12, 0);
      u32(at + 16, 20);
    }
    expect(await stateOf(source())).toEqual([["/file", "unknown"]]);
  });

  test("damage is told by what lies in it", async () => {
    const { source, inode } = image();
    const at = async (offset: number, length: number) =>
      (await listed(source(), [{ offset, length, why: "doubtful" }])).entries[0];
    expect(await at(11 * 1024 + 2, 1)).toMatchObject({
      state: "touched",
      damage: [{ part: "data", why: "doubtful", offset: "2", bytes: "1" }],
    });
    expect((await at(11 * 1024 + 5, 100))?.state).toBe("whole");
    expect((await at(inode(12) + 127, 1))?.damage.map(({ part }) => part)).toEqual(["inode"]);
    expect((await at(10 * 1024, 1))?.damage.map(({ part }) => part)).toEqual(["name"]);
    expect((await at(2048, 1))?.damage.map(({ part }) => part)).toEqual(["inode"]);
  });

  test("the end of a file system is not the end of the world", async () => {
    const { bytes } = image();
    for (const length of [0, 1000, 2048, 5000, 10_500]) {
      const source = new BytesSource(bytes.subarray(0, length));
      const found = await openFileSystem(source);
      expect(found === null).toBe(length < 2048);
      if (!found) continue;
      expect((await listed(source)).problems.map(({ code }) => code)).toEqual([
        "directory.invalid",
      ]);
    }
  });
});

/** Found by `npm run fuzz -- --only ext4 --seed 7 --execution 5`: it was called whole, and read as zeros. */
test("a file whose blocks lie behind the end of a device that was cut off is not whole", async () => {
  const source = new BytesSource(image().bytes.subarray(0, 11 * 1024 + 2));
  const [file] = (await listed(source)).entries;
  expect(file).toMatchObject({
    state: "touched",
    damage: [{ part: "data", why: "unreadable", offset: "2", bytes: "3" }],
  });
  await expect(contentHash(source, "/file")).rejects.toMatchObject({
    name: "SourceError",
    kind: "hole",
    offset: 11 * 1024 + 2,
  });
});

test("ranges of damage in any order, overlapping or not, are met once each", () => {
  const damage = new Damage([
    { offset: 30, length: 10, why: "lost" },
    { offset: 0, length: 10, why: "lost" },
    { offset: 5, length: 10, why: "doubtful" },
    { offset: 15, length: 5, why: "doubtful" },
  ]);
  expect([...damage.within(8, 24)]).toEqual([
    { offset: 8, length: 2, why: "lost" },
    { offset: 10, length: 10, why: "doubtful" },
    { offset: 30, length: 2, why: "lost" },
  ]);
  expect([...damage.within(20, 10)]).toEqual([]);
});
