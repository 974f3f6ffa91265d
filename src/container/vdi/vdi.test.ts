import { describe, expect, test } from "vitest";
import { howItEnds } from "../../../testing/hostile-image.ts";
import { openedOf, put, refusalOf } from "../../../testing/opening.ts";
import { vdi } from "./vdi.ts";

const BLOCK = 4096;

interface Spec {
  version?: number;
  type?: number;
  size?: bigint;
  blockBytes?: number;
  extra?: number;
  blocks?: number;
  tableAt?: number;
  dataAt?: number;
  parent?: bigint;
  /** Block numbers, in the order of the disk. */
  table?: number[];
  length?: number;
}

/** Blocks of 4 KiB from byte 1024 on, each full of its number in the file; `extra` bytes of 0xee before. */
function image(spec: Spec) {
  const bytes = new Uint8Array(spec.length ?? 1024 + 8 * BLOCK + 4096);
  const set = (at: number, value: number | bigint, length: number) =>
    put(bytes, at, value, length, true);
  const [extra, dataAt, tableAt] = [spec.extra ?? 0, spec.dataAt ?? 1024, spec.tableAt ?? 512];
  for (let n = 0; dataAt > 0 && n < 4; n++) {
    const at = dataAt + n * (BLOCK + extra);
    bytes.fill(0xee, at, at + extra);
    bytes.fill(n + 1, at + extra, at + extra + BLOCK);
  }
  for (const [i, n] of (spec.table ?? [0, 1, 2, 3]).entries()) set(512 + i * 4, n, 4);
  set(0x40, 0xbeda107f, 4);
  set(0x44, spec.version ?? 0x00010001, 4);
  set(0x4c, spec.type ?? 1, 4);
  set(0x154, tableAt, 4);
  set(0x158, dataAt, 4);
  set(0x170, spec.size ?? BigInt(4 * BLOCK), 8);
  set(0x178, spec.blockBytes ?? BLOCK, 4);
  set(0x17c, extra, 4);
  set(0x180, spec.blocks ?? 4, 4);
  set(0x1b8, spec.parent ?? 0n, 8);
  return [{ name: "disk.vdi", bytes }];
}

/** The first byte of each block, read in one go. */
async function blocksOf(spec: Spec): Promise<number[]> {
  const { source } = await openedOf(image(spec));
  const bytes = await source.read([{ offset: 0, length: source.size }]);
  return [0, 1, 2, 3].map((n) => bytes[n * BLOCK] ?? -1);
}

describe("the blocks of a VDI", () => {
  test.each<[string, Spec, number[]]>([
    ["in another order than they are stored in", { table: [3, 0, 2, 1] }, [4, 1, 3, 2]],
    ["free and discarded ones are zeros", { table: [0xffffffff, 1, 0xfffffffe, 0] }, [0, 2, 0, 1]],
    ["bytes of the writer's own before each are not the disk's", { extra: 512 }, [1, 2, 3, 4]],
    ["a static disk has a table as well", { type: 2, table: [1, 0, 3, 2] }, [2, 1, 4, 3]],
  ])("%s", async (_, spec, first) => {
    expect(await blocksOf(spec)).toEqual(first);
  });

  test("a size that is no multiple of a sector ends with a whole one", async () => {
    const { source } = await openedOf(image({ size: BigInt(3 * BLOCK + 1) }));
    expect(source.size).toBe(3 * BLOCK + 512);
  });

  test("the last block need not be whole in the file where the disk ends inside it", async () => {
    const spec = { size: BigInt(3 * BLOCK + 512), length: 1024 + 3 * BLOCK + 512 };
    const { source } = await openedOf(image(spec));
    expect(await source.read([{ offset: 3 * BLOCK, length: 512 }])).toEqual(
      new Uint8Array(512).fill(4),
    );
  });
});

describe("a VDI that is refused", () => {
  test("one that lies over another", async () => {
    expect((await refusalOf(image({ type: 4 }))).message).toMatch(/lies over another one/);
    expect((await refusalOf(image({ parent: 7n }))).found).toBe("type 1, with a parent");
  });

  test("one that is cut off, which can be read as far as it goes", async () => {
    const files = image({ table: [2, 0, 3, 1], length: 1024 + 3 * BLOCK });
    expect((await refusalOf(files)).message).toMatch(
      /the VDI is cut off: blocks lie behind the end of the file; byte 8192 of the disk/,
    );
    const { source } = await openedOf(files, true);
    expect((await source.read([{ offset: 3 * BLOCK, length: 1 }]))[0]).toBe(2);
    await expect(source.read([{ offset: 8192, length: 1 }])).rejects.toMatchObject({
      kind: "hole",
    });
  });
});

describe("a VDI made to hurt", () => {
  test.each<[string, Spec, string]>([
    ["a disk of 2^63 bytes", { size: 1n << 63n }, "refused: vdi.header"],
    ["more disk than blocks", { size: 1n << 40n }, "refused: vdi.header"],
    ["2^32 blocks", { blocks: 0xffffffff }, "refused: vdi.header"],
    ["2^29 blocks that lie nowhere", { blocks: 2 ** 29, size: 1n << 40n }, "refused: vdi.cut"],
    ["blocks of no byte", { blockBytes: 0 }, "refused: vdi.header"],
    ["blocks of half a sector", { blockBytes: 256 }, "refused: vdi.header"],
    ["a table behind the end", { tableAt: 0xfffffff0 }, "refused: vdi.cut"],
    ["a table at no entry", { tableAt: 513 }, "refused: vdi.cut"],
    ["blocks behind the end", { table: [0xfffffffd, 0, 0, 0] }, "refused: vdi.cut"],
    ["a block that is the header", { dataAt: 0 }, "read"],
    ["a version from the future", { version: 0x00050000 }, "refused: vdi.version"],
  ])("%s", async (_, spec, end) => {
    expect(await howItEnds(vdi, image(spec))).toBe(end);
  });
});
