import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sha256Of } from "../../../testing/handed-over.ts";
import { howItEnds } from "../../../testing/hostile-image.ts";
import { innerOf, openedOf, put, refusalOf, rowFile } from "../../../testing/opening.ts";
import { QEMU_IS_MISSING } from "../../../testing/qemu-images.ts";
import { carriedOut, type LoggedEntry, sign, withLog } from "../../../testing/vhdx-log.ts";
import { vhdx } from "./vhdx.ts";

const MIB = 1 << 20;
const SECTOR = 4096;
const LOG_BYTES = MIB;
/** Rows with blocks of 1 MiB: their data begins behind the headers, the log, metadata and the table. */
const CLEAN = rowFile("vhdx-1m").bytes;

const image = (bytes: Uint8Array) => [{ name: "disk.vhdx", bytes }];
const noise = (seed: number) =>
  Uint8Array.from({ length: SECTOR }, (_, i) => (i * 7 + seed * 31 + (i >> 8)) & 0xff);

/** Where the block table lies, by the region table. */
function tableAt(file: Uint8Array): number {
  const view = new DataView(file.buffer, file.byteOffset);
  const regions = 192 << 10;
  for (let at = regions + 16; ; at += 32) {
    if (view.getUint32(at, true) === 0x2dc27766) return Number(view.getBigUint64(at + 16, true));
  }
}

const TABLE = tableAt(CLEAN);
/** The first block that is stored: where in the table, and where in the file. */
const STORED = Array.from({ length: 24 }, (_, i) => {
  const entry = new DataView(CLEAN.buffer, CLEAN.byteOffset).getBigUint64(TABLE + i * 8, true);
  return { entry, at: Number(entry & ~0xfffffn) };
}).filter(({ entry }) => (entry & 7n) === 6n);

/** The first sector of the table, with two blocks exchanged. */
function exchanged(): Uint8Array {
  const sector = CLEAN.slice(TABLE, TABLE + SECTOR);
  const view = new DataView(sector.buffer);
  const [one, other] = [0, 1].map((i) => view.getBigUint64(i * 8, true));
  view.setBigUint64(0, other ?? 0n, true);
  view.setBigUint64(8, one ?? 0n, true);
  return sector;
}

const dataAt = STORED[0]?.at ?? 0;
/** As far round as the log goes. */
const ring = (at: number) => at % LOG_BYTES;

/** Three entries from `start` on: the newest says where the oldest begins. */
function entriesFrom(start: number): [LoggedEntry, LoggedEntry, LoggedEntry] {
  return [
    {
      ...{ sequence: 10, at: start, tail: start },
      writes: [
        { at: dataAt + SECTOR, bytes: noise(1) },
        { at: dataAt + 8 * SECTOR, bytes: noise(2) },
        { at: dataAt + 9 * SECTOR, bytes: noise(3) },
      ],
    },
    {
      ...{ sequence: 11, at: ring(start + 4 * SECTOR), tail: start },
      writes: [{ at: dataAt + 8 * SECTOR, zeros: 16 * SECTOR }],
    },
    {
      ...{ sequence: 12, at: ring(start + 5 * SECTOR), tail: start },
      writes: [
        { at: dataAt + 10 * SECTOR, bytes: noise(4) },
        { at: TABLE, bytes: exchanged() },
      ],
    },
  ];
}

/** An older sequence that was carried out long ago. */
const STALE: LoggedEntry = {
  ...{ sequence: 5, at: 40 * SECTOR, tail: 40 * SECTOR },
  writes: [{ at: dataAt, bytes: noise(9) }],
};
/** What was being written when it broke off. */
const torn = (start: number): LoggedEntry => ({
  ...{ sequence: 13, at: ring(start + 8 * SECTOR), tail: start, torn: true },
  writes: [{ at: dataAt, bytes: noise(10) }],
});

describe("the log of a VHDX", () => {
  test.each([
    ["in the middle of the log", 8 * SECTOR],
    ["round its end", LOG_BYTES - 2 * SECTOR],
  ])("is applied before anything is read, %s; the file stays as it is", async (_, start) => {
    const entries = entriesFrom(start);
    const dirty = withLog(CLEAN, [STALE, ...entries, torn(start)]);
    const before = dirty.slice();
    const { source, problems } = await openedOf(image(dirty));
    const wanted = await openedOf(image(carriedOut(CLEAN, entries)));
    expect(await sha256Of(source)).toBe(await sha256Of(wanted.source));
    expect(await sha256Of(source)).not.toBe(innerOf("vhdx-1m"));
    expect(source.readNow).toBeDefined();
    expect(problems.map(({ code, found }) => [code, found])).toEqual([["vhdx.log", "3 entries"]]);
    expect(Buffer.compare(dirty, before)).toBe(0);
  });

  // Not round the end: qemu 7.2 then takes the entries behind it for all of them.
  test.skipIf(QEMU_IS_MISSING)("reads as qemu leaves the disk when it replays it", async () => {
    const start = 8 * SECTOR;
    const dirty = withLog(CLEAN, [STALE, ...entriesFrom(start), torn(start)]);
    const folder = mkdtempSync(join(tmpdir(), "cowscope-vhdx-"));
    try {
      const qemu = (...args: string[]) =>
        spawnSync("qemu-img", args, { cwd: folder, encoding: "utf8" });
      writeFileSync(join(folder, "disk.vhdx"), dirty);
      expect(qemu("check", "-r", "all", "disk.vhdx").stderr).toBe("");
      expect(qemu("convert", "-O", "raw", "disk.vhdx", "disk.raw").stderr).toBe("");
      const { source } = await openedOf(image(dirty));
      const read = await source.read([{ offset: 0, length: source.size }]);
      expect(Buffer.compare(read, readFileSync(join(folder, "disk.raw")))).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("of which no entry is whole changes nothing, and is said", async () => {
    const { source, problems } = await openedOf(image(withLog(CLEAN, [torn(0)])));
    expect(await sha256Of(source)).toBe(innerOf("vhdx-1m"));
    expect(problems[0]?.message).toMatch(/nothing that was written to the end/);
  });

  test("whose newest entry needs one that is gone is not applied", async () => {
    const [, second, third] = entriesFrom(0);
    const { source } = await openedOf(image(withLog(CLEAN, [second, third])));
    expect(await sha256Of(source)).toBe(innerOf("vhdx-1m"));
  });

  test("that was written when the file was longer: it is cut off", async () => {
    const [first] = entriesFrom(0);
    const entry = { ...first, flushed: CLEAN.length + 1 };
    expect((await refusalOf(image(withLog(CLEAN, [entry])))).code).toBe("vhdx.cut");
  });
});

describe("what a VHDX says of itself", () => {
  const damage = (...places: number[]) => {
    const file = CLEAN.slice();
    for (const at of places) file[at] = (file[at] ?? 0) ^ 0xff;
    return file;
  };

  test.each([
    ["one header", 64 << 10],
    ["the other header", 128 << 10],
    ["the first region table", (192 << 10) + 20],
    ["the second region table", (256 << 10) + 20],
  ])("%s may be damaged: there is another", async (_, at) => {
    const { source } = await openedOf(image(damage(at)));
    expect(await sha256Of(source)).toBe(innerOf("vhdx-1m"));
  });

  test("both may not", async () => {
    expect((await refusalOf(image(damage(64 << 10, 128 << 10)))).message).toMatch(/no header/);
    const tables = [192 << 10, 256 << 10];
    expect((await refusalOf(image(damage(...tables)))).message).toMatch(/no region table/);
  });

  test("cut off, it is refused, and can be read as far as it goes", async () => {
    const last = STORED.reduce((one, other) => (other.at > one.at ? other : one));
    const files = image(CLEAN.slice(0, last.at + 1000));
    const problem = await refusalOf(files);
    expect(problem.message).toMatch(/the VHDX is cut off: blocks lie behind the end of the file/);
    const from = Number(/byte (\d+) of the disk/.exec(problem.message)?.[1]);
    const { source } = await openedOf(files, true);
    await source.read([{ offset: 0, length: from }]);
    await expect(source.read([{ offset: from, length: 1 }])).rejects.toMatchObject({
      kind: "hole",
    });
  });
});

/** Where an item of metadata lies, by its GUID's first four bytes. */
function item(file: Uint8Array, guid: number): number {
  const view = new DataView(file.buffer, file.byteOffset);
  const regions = 192 << 10;
  let metadata = 0;
  for (let at = regions + 16; metadata === 0; at += 32) {
    if (view.getUint32(at, true) === 0x8b7ca206)
      metadata = Number(view.getBigUint64(at + 16, true));
  }
  for (let at = metadata + 32; ; at += 32) {
    if (view.getUint32(at, true) === guid) return metadata + view.getUint32(at + 16, true);
  }
}

const PARAMETERS = 0xcaa16737;
const SIZE = 0x2fa54224;
const LOGICAL_SECTOR = 0x8141bf1d;

describe("disks with sectors of 4096 bytes", () => {
  test("a bitmap's entry stands in the table after fewer blocks", async () => {
    // Blocks of 256 MiB: with sectors of 512 bytes after every 16, with 4096 after every 128.
    const file = CLEAN.slice();
    put(file, item(file, PARAMETERS), 256 * MIB, 4, true);
    put(file, item(file, SIZE), 20n * 256n * BigInt(MIB), 8, true);
    for (let i = 0; i < 24; i++) put(file, TABLE + i * 8, 0, 8, true);
    put(file, TABLE + 17 * 8, BigInt(dataAt) | 6n, 8, true);
    file.fill(7, dataAt, dataAt + SECTOR);
    const first = async (block: number) => {
      const { source } = await openedOf(image(file), true);
      return (await source.read([{ offset: block * 256 * MIB, length: 1 }]))[0];
    };
    expect([await first(16), await first(17)]).toEqual([7, 0]);
    put(file, item(file, LOGICAL_SECTOR), 4096, 4, true);
    expect([await first(16), await first(17)]).toEqual([0, 7]);
  });
});

describe("a VHDX made to hurt", () => {
  const changed = (guid: number, value: number | bigint, length: number, skip = 0) => {
    const file = CLEAN.slice();
    put(file, item(file, guid) + skip, value, length, true);
    return file;
  };

  test.each<[string, () => Uint8Array, string]>([
    ["a disk of 2^63 bytes", () => changed(SIZE, 1n << 63n, 8), "refused: vhdx.header"],
    ["a disk of 2^52 bytes", () => changed(SIZE, 1n << 52n, 8), "refused: vhdx.header"],
    ["blocks of no byte", () => changed(PARAMETERS, 0, 4), "refused: vhdx.header"],
    ["blocks of 2 GiB", () => changed(PARAMETERS, 2 ** 31, 4), "refused: vhdx.header"],
    ["blocks of 3 MiB", () => changed(PARAMETERS, 3 << 20, 4), "refused: vhdx.header"],
    ["sectors of no byte", () => changed(LOGICAL_SECTOR, 0, 4), "refused: vhdx.header"],
    ["a parent", () => changed(PARAMETERS, 2, 4, 4), "refused: vhdx.parent"],
  ])("%s", async (_, make, end) => {
    expect(await howItEnds(vhdx, image(make()))).toBe(end);
  });

  test.each([
    ["blocks behind the end", (1n << 63n) | 6n, "refused: vhdx.cut"],
    ["a block that is the header", 6n, "read"],
    ["a block that lies in a parent in part", 7n, "hole"],
  ])("%s", async (_, entry, end) => {
    const file = CLEAN.slice();
    put(file, TABLE, entry, 8, true);
    expect(await howItEnds(vhdx, image(file))).toBe(end);
  });

  const regionWith = (change: (table: Uint8Array) => void) => {
    const file = CLEAN.slice();
    for (const at of [192 << 10, 256 << 10]) {
      const table = file.subarray(at, at + (64 << 10));
      change(table);
      sign(table);
    }
    return file;
  };

  test.each<[string, (table: Uint8Array) => void, string]>([
    ["2^32 regions", (table) => put(table, 8, 0xffffffff, 4, true), "refused: vhdx.header"],
    ["regions behind the end", (table) => put(table, 32, 1n << 50n, 8, true), "refused: vhdx.cut"],
    [
      "a region nobody knows, which must be",
      (table) => table.fill(0xab, 16),
      "refused: vhdx.feature",
    ],
  ])("%s", async (_, change, end) => {
    expect(await howItEnds(vhdx, image(regionWith(change)))).toBe(end);
  });

  test("a log that is one entry, which begins at every sector and goes all the way round", async () => {
    const entries = Array.from({ length: 256 }, (_, i) => ({
      ...{ sequence: i + 1, at: i * SECTOR, tail: 0 },
      writes: [],
    }));
    const file = withLog(CLEAN, entries);
    // Each now says that it is as long as the log.
    const log = Number(new DataView(file.buffer).getBigUint64((128 << 10) + 72, true));
    for (let i = 0; i < 256; i++) put(file, log + i * SECTOR + 8, LOG_BYTES, 4, true);
    expect(await howItEnds(vhdx, image(file))).toBe("refused: vhdx.header");
  });

  test("a ring of 256 entries, each the next one's start, none the end", async () => {
    const entries = Array.from({ length: 256 }, (_, i) => ({
      ...{ sequence: i + 1, at: i * SECTOR, tail: ((i + 1) % 256) * SECTOR },
      writes: [],
    }));
    const { source } = await openedOf(image(withLog(CLEAN, entries)));
    expect(await sha256Of(source)).toBe(innerOf("vhdx-1m"));
  });

  test("writes of zeros over 2^63 bytes", async () => {
    const writes = Array.from({ length: 100 }, () => ({ at: 0, zeros: Number.MAX_SAFE_INTEGER }));
    const file = withLog(CLEAN, [{ sequence: 1, at: 0, tail: 0, writes }]);
    expect(await howItEnds(vhdx, image(file))).toBe("refused: vhdx.header");
  });

  test("a log of 4 GiB", async () => {
    const file = CLEAN.slice();
    for (const at of [64 << 10, 128 << 10]) {
      put(file, at + 68, 0xfffff000, 4, true);
      file.fill(1, at + 48, at + 64);
      sign(file.subarray(at, at + SECTOR));
    }
    expect(await howItEnds(vhdx, image(file))).toBe("refused: vhdx.header");
  });
});
