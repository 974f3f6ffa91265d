import { describe, expect, test } from "vitest";
import { diskFiles, diskRow } from "../../../testing/disk-rows.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { MappedSource } from "../../source/mapped-source.ts";
import type { Extent, Mapping } from "../../source/mapping.ts";
import { readEnds } from "../probe.ts";
import { crc32 } from "../stream/crc32.ts";
import type { PartitionTable } from "./partition.ts";
import { partitionSource } from "./partition.ts";
import { readPartitionTable } from "./partition-table.ts";

async function tableOf(disk: BlockSource, looksRight = true): Promise<PartitionTable | null> {
  const { head, tail } = await readEnds(disk);
  return readPartitionTable(disk, head, tail, "disk.img", async () => looksRight);
}
const codes = (table: PartitionTable | null) => table?.problems.map(({ code }) => code);

describe("as sfdisk and sgdisk see the corpus", () => {
  const ids = [
    "mbr-primary",
    "mbr-logical",
    "mbr-cut",
    "mbr-in-gpt",
    "bare-partition",
    "gpt",
    "gpt-4k",
    "gpt-bad-primary",
    "gpt-bad-entries",
    "gpt-bad-backup",
    "gpt-hybrid",
    "gpt-grown",
    "gpt-cut",
    "gpt-none",
  ];
  test.each(ids)("%s", async (id) => {
    const row = diskRow(id);
    const [file] = diskFiles(row);
    const [seen] = row.partition_table ?? [];
    const table = await tableOf(new BytesSource(file?.bytes ?? new Uint8Array()));
    const places = table?.partitions.map(({ number, offset, bytes }) => [number, offset, bytes]);
    const expected = seen?.partitions.map(({ n, start_bytes, bytes }) => [n, start_bytes, bytes]);
    expect(places).toEqual(expected);
  });
});

/** A disk of `size` bytes of which only these are not zero. */
function sparse(size: number, runs: readonly [number, Uint8Array][]): BlockSource {
  const mapping: Mapping = {
    size,
    path: "sparse",
    children: [],
    extents(offset, length) {
      const extents: Extent[] = [];
      let at = offset;
      const end = offset + length;
      while (at < end) {
        const run = runs.find(([start, bytes]) => start <= at && at < start + bytes.length);
        const next = runs.map(([start]) => start).filter((start) => start > at);
        const until = run ? run[0] + run[1].length : Math.min(end, ...next);
        const take = Math.min(end, until) - at;
        if (run) {
          const bytes = run[1].subarray(at - run[0], at - run[0] + take);
          extents.push({ from: "bytes", bytes, length: take });
        } else extents.push({ from: "zeros", length: take });
        at += take;
      }
      return extents;
    },
  };
  return new MappedSource(mapping);
}

interface Slot {
  active?: number;
  type: number;
  start: number;
  sectors: number;
}

function mbr(slots: readonly Slot[], length = 512): Uint8Array {
  const sector = new Uint8Array(length);
  const view = new DataView(sector.buffer);
  slots.forEach(({ active = 0, type, start, sectors }, i) => {
    view.setUint8(446 + i * 16, active);
    view.setUint8(446 + i * 16 + 4, type);
    view.setUint32(446 + i * 16 + 8, start, true);
    view.setUint32(446 + i * 16 + 12, sectors, true);
  });
  sector.set([0x55, 0xaa], 510);
  return sector;
}

interface GptOptions {
  sectorBytes?: number;
  lba?: number;
  alternate?: bigint;
  entriesLba?: bigint;
  count?: number;
  entryBytes?: number;
}

/** A header over these entries, its checksums right. */
function gptHeader(entries: Uint8Array, options: GptOptions = {}): Uint8Array {
  const { sectorBytes = 512, lba = 1, alternate = 2047n, entriesLba = 2n } = options;
  const { entryBytes = 128, count = entries.length / entryBytes } = options;
  const header = new Uint8Array(sectorBytes);
  const view = new DataView(header.buffer);
  header.set(new TextEncoder().encode("EFI PART"));
  view.setUint32(8, 0x10000, true);
  view.setUint32(12, 92, true);
  view.setBigUint64(24, BigInt(lba), true);
  view.setBigUint64(32, alternate, true);
  view.setBigUint64(72, entriesLba, true);
  view.setUint32(80, count, true);
  view.setUint32(84, entryBytes, true);
  view.setUint32(88, crc32(0, entries), true);
  view.setUint32(16, crc32(0, header.slice(0, 92)), true);
  return header;
}

function gptEntries(ranges: readonly [bigint, bigint][], entryBytes = 128): Uint8Array {
  const entries = new Uint8Array(ranges.length * entryBytes);
  const view = new DataView(entries.buffer);
  ranges.forEach(([first, last], i) => {
    view.setUint8(i * entryBytes, 1);
    view.setBigUint64(i * entryBytes + 32, first, true);
    view.setBigUint64(i * entryBytes + 40, last, true);
  });
  return entries;
}

const PROTECTIVE = mbr([{ type: 0xee, start: 1, sectors: 0xffffffff }]);

describe("an MBR", () => {
  test("is not what merely ends in 55 AA", async () => {
    const code = mbr([{ active: 0x41, type: 7, start: 4, sectors: 4 }]);
    const empty = mbr([]);
    const outside = mbr([{ type: 0x83, start: 9000, sectors: 4 }]);
    const fat = mbr([{ type: 0x83, start: 8, sectors: 8 }]);
    fat.set(new TextEncoder().encode("FAT32   "), 82);
    const ntfs = mbr([{ type: 0x83, start: 8, sectors: 8 }]);
    ntfs.set(new TextEncoder().encode("NTFS    "), 3);
    for (const sector of [code, empty, outside, fat, ntfs]) {
      expect(await tableOf(sparse(1 << 20, [[0, sector]]))).toBe(null);
    }
  });

  test("links of logical partitions count from the extended one, partitions from their EBR", async () => {
    const disk = sparse(1 << 20, [
      [0, mbr([{ type: 0x05, start: 100, sectors: 1000 }])],
      // The link comes first, as DR-DOS writes it.
      [
        100 * 512,
        mbr([
          { type: 0x05, start: 200, sectors: 50 },
          { type: 0x83, start: 10, sectors: 20 },
        ]),
      ],
      [300 * 512, mbr([{ type: 0x82, start: 5, sectors: 7 }])],
    ]);
    const table = await tableOf(disk);
    expect(table?.partitions.slice(1)).toMatchObject([
      { number: 5, offset: 110 * 512, bytes: 20 * 512, type: "83" },
      { number: 6, offset: 305 * 512, bytes: 7 * 512, type: "82" },
    ]);
    expect(codes(table)).toEqual([]);
  });

  test.each([
    ["back to the first", 0, 0],
    ["to itself", 100, 100],
    ["out of the extended partition", 1000, 100],
  ])("a chain that leads %s ends there", async (_, link) => {
    const disk = sparse(1 << 20, [
      [0, mbr([{ type: 0x0f, start: 100, sectors: 1000 }])],
      [
        100 * 512,
        mbr([
          { type: 0x83, start: 1, sectors: 1 },
          { type: 5, start: 100, sectors: 9 },
        ]),
      ],
      [
        200 * 512,
        mbr([
          { type: 0x83, start: 1, sectors: 1 },
          { type: 5, start: link, sectors: 9 },
        ]),
      ],
    ]);
    const table = await tableOf(disk);
    expect(codes(table)).toEqual(["mbr.chain"]);
    expect(table?.partitions).toHaveLength(3);
  });

  test("a chain without end is followed no further than Linux would", async () => {
    const runs: [number, Uint8Array][] = [[0, mbr([{ type: 5, start: 1, sectors: 1 << 20 }])]];
    for (let i = 0; i < 2000; i++) {
      const data = { type: 0x83, start: 1, sectors: 1 };
      runs.push([(1 + i * 2) * 512, mbr([data, { type: 5, start: (i + 1) * 2, sectors: 2 }])]);
    }
    const table = await tableOf(sparse(1 << 30, runs));
    expect(codes(table)).toEqual(["mbr.chain"]);
    expect(table?.partitions.length).toBeLessThan(260);
    const empty = runs.map(([at, sector], i): [number, Uint8Array] => {
      if (i > 0) sector.fill(0, 446, 462);
      return [at, sector];
    });
    const without = await tableOf(sparse(1 << 30, empty));
    expect(codes(without)).toEqual(["mbr.chain"]);
  });

  test("counts in sectors of 4096 bytes where only those lead to something", async () => {
    const label = new TextEncoder().encode("LABELONE");
    const disk = sparse(1 << 22, [
      [0, mbr([{ type: 0x8e, start: 16, sectors: 64 }])],
      [16 * 4096 + 512, label],
    ]);
    const { head, tail } = await readEnds(disk);
    const looksRight = async (source: BlockSource) =>
      (await source.read([{ offset: 512, length: 8 }])).every((byte, i) => byte === label[i]);
    const table = await readPartitionTable(disk, head, tail, "disk.img", looksRight);
    expect(table).toMatchObject({ sectorBytes: 4096, partitions: [{ offset: 16 * 4096 }] });
  });

  test("partitions that overlap are both read, and said", async () => {
    const table = await tableOf(
      sparse(1 << 20, [
        [
          0,
          mbr([
            { type: 0x83, start: 10, sectors: 20 },
            { type: 0x83, start: 29, sectors: 20 },
          ]),
        ],
      ]),
    );
    expect(codes(table)).toEqual(["mbr.overlap"]);
    expect(table?.partitions).toHaveLength(2);
  });

  test("a partition beyond the end of the disk is a hole there, and no zeros", async () => {
    const disk = sparse(1 << 20, [[0, mbr([{ type: 0x83, start: 2000, sectors: 100 }])]]);
    const table = await tableOf(disk);
    expect(codes(table)).toEqual(["mbr.cut"]);
    const [partition] = table?.partitions ?? [];
    if (!partition) throw new Error("no partition");
    const source = partitionSource(disk, partition);
    expect(source.size).toBe(100 * 512);
    expect(await source.read([{ offset: 0, length: 48 * 512 }])).toHaveLength(48 * 512);
    await expect(source.read([{ offset: 47 * 512, length: 1024 }])).rejects.toThrow(
      "the disk ends",
    );
  });
});

describe("a GPT", () => {
  const entries = gptEntries([
    [34n, 99n],
    [100n, 199n],
  ]);

  test("its last sector counts as well; entries may be longer than 128 bytes", async () => {
    const long = gptEntries([[40n, 40n]], 256);
    const header = gptHeader(long, { entryBytes: 256 });
    const disk = sparse(1 << 20, [
      [0, PROTECTIVE],
      [512, header],
      [1024, long],
    ]);
    const table = await tableOf(disk);
    expect(table?.partitions).toMatchObject([{ number: 1, offset: 40 * 512, bytes: 512 }]);
    expect(codes(table)).toEqual(["gpt.backup-bad"]);
  });

  test("the backup is found where the disk was grown and the first header is gone", async () => {
    const at = 1500;
    const header = gptHeader(entries, { lba: at, alternate: 1n, entriesLba: 1400n });
    const disk = sparse(1 << 20, [
      [0, PROTECTIVE],
      [1400 * 512, entries],
      [at * 512, header],
    ]);
    const table = await tableOf(disk);
    expect(codes(table)).toEqual(["gpt.primary-bad"]);
    expect(table?.partitions).toHaveLength(2);
  });

  test.each([
    ["2^32 entries", { count: 0xffffffff }],
    ["entries of 0 bytes", { count: 4, entryBytes: 0 }],
    ["entries of 2^32 bytes", { count: 1, entryBytes: 0xffffffff }],
    ["entries beyond the disk", { count: 2, entriesLba: 1n << 60n }],
  ])("%s are none", async (_, options) => {
    const disk = sparse(1 << 20, [
      [0, PROTECTIVE],
      [512, gptHeader(entries, options)],
      [1024, entries],
    ]);
    expect(codes(await tableOf(disk))).toEqual(["gpt.none"]);
  });

  test("places that no disk has are said, and the others read", async () => {
    const wild = gptEntries([
      [1n << 63n, (1n << 63n) + 5n],
      [34n, 33n],
      [100n, 199n],
    ]);
    const disk = sparse(1 << 20, [
      [0, PROTECTIVE],
      [512, gptHeader(wild)],
      [1024, wild],
    ]);
    const table = await tableOf(disk);
    expect(table?.partitions).toMatchObject([{ number: 3 }]);
    expect(codes(table)).toContain("gpt.entries");
  });

  test("what is left of one beside another MBR is stale", async () => {
    const disk = sparse(1 << 20, [
      [0, mbr([{ type: 0x83, start: 8, sectors: 8 }])],
      [512, gptHeader(entries)],
      [1024, entries],
    ]);
    expect(await tableOf(disk)).toMatchObject({ kind: "mbr" });
  });

  test("without any MBR it is read, and where no copy is whole that is said", async () => {
    const whole = sparse(1 << 20, [
      [512, gptHeader(entries)],
      [1024, entries],
    ]);
    expect((await tableOf(whole))?.partitions).toHaveLength(2);
    const broken = sparse(1 << 20, [[512, gptHeader(entries)]]);
    expect(codes(await tableOf(broken))).toEqual(["gpt.broken"]);
  });
});
