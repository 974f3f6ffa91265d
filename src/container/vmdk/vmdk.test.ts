import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type DiskFile, diskFiles, diskRow } from "../../../testing/disk-rows.ts";
import { sha256Of } from "../../../testing/handed-over.ts";
import { howItEnds } from "../../../testing/hostile-image.ts";
import { innerOf, openedOf, refusalOf, rowFile } from "../../../testing/opening.ts";
import { diskImages } from "../disk-images.ts";
import { vmdkOver } from "./vmdk.ts";

const vmdk = vmdkOver(() => diskImages);
const SECTOR = 512;
const KDMV = 0x564d444b;

interface Spec {
  magic?: number;
  version?: number;
  flags?: number;
  capacity?: bigint;
  grain?: bigint;
  entries?: number;
  directory?: bigint;
  descriptor?: bigint;
  /** 32-bit values, by their place in the file. */
  values?: Record<number, number>;
  bytes?: Record<number, Uint8Array>;
  length?: number;
}

/** Grains of 8 sectors; the directory in sector 1, its first table in sector 2, grains from 8 on. */
function sparse(spec: Spec): Uint8Array {
  const bytes = new Uint8Array(spec.length ?? 64 * SECTOR);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, spec.magic ?? KDMV, true);
  view.setUint32(4, spec.version ?? 1, true);
  view.setUint32(8, spec.flags ?? 0, true);
  view.setBigUint64(12, spec.capacity ?? 64n, true);
  view.setBigUint64(20, spec.grain ?? 8n, true);
  view.setBigUint64(28, spec.descriptor ?? 0n, true);
  view.setUint32(44, spec.entries ?? 512, true);
  view.setBigUint64(56, spec.directory ?? 1n, true);
  bytes.set([0x0a, 0x20, 0x0d, 0x0a], 73);
  view.setUint16(77, 1, true);
  for (const [offset, value] of Object.entries({ [SECTOR]: 2, ...spec.values })) {
    view.setUint32(Number(offset), value, true);
  }
  for (const [offset, run] of Object.entries(spec.bytes ?? {})) bytes.set(run, Number(offset));
  return bytes;
}

const TABLE = 2 * SECTOR;
const GRAIN = 8 * SECTOR;
const sevens = (length: number) => new Uint8Array(length).fill(7);
const text = (lines: string) => new TextEncoder().encode(`# Disk DescriptorFile\n${lines}`);
const disk = (bytes: Uint8Array, name = "disk.vmdk"): DiskFile => ({ name, bytes });

const opened = (files: readonly DiskFile[], partial = false) => openedOf(files, partial, vmdk);
const problemOf = (files: readonly DiskFile[]) => refusalOf(files, vmdk);
const read = async (files: readonly DiskFile[], offset: number, length: number) =>
  (await opened(files)).source.read([{ offset, length }]);

describe("grains", () => {
  test("an entry of 1 is zeros only where the header says so, else an address", async () => {
    const values = { [TABLE]: 1 };
    expect(await read([disk(sparse({ values, flags: 4 }))], 0, 512)).toEqual(new Uint8Array(512));
    const plain = sparse({ values, length: 80 * SECTOR });
    expect(await read([disk(plain)], 0, 4)).toEqual(Uint8Array.from([2, 0, 0, 0]));
  });

  test("a packed grain without a marker begins where its entry says", async () => {
    const bytes = { [GRAIN]: deflateSync(sevens(GRAIN)) };
    const file = sparse({ flags: 0x10000, values: { [TABLE]: 8 }, bytes });
    expect(await read([disk(file)], 100, 1000)).toEqual(sevens(1000));
  });

  test("a sparse extent of an ESX server, whose tables have 4096 entries", async () => {
    const file = sparse({ magic: 0x44574f43, length: 80 * SECTOR });
    const view = new DataView(file.buffer);
    for (const [at, value] of [64, 8, 1].entries()) view.setUint32(12 + at * 4, value, true);
    view.setUint32(TABLE + 4, 40, true);
    file.set(sevens(512), 40 * SECTOR);
    expect(await read([disk(file)], GRAIN, 512)).toEqual(sevens(512));
    expect(await read([disk(file)], 0, 512)).toEqual(new Uint8Array(512));
  });

  test("the second grain directory is used where the first is damaged", async () => {
    const file = rowFile("vmdk-sparse").bytes;
    const view = new DataView(file.buffer, file.byteOffset);
    expect(view.getUint32(8, true) & 2).toBe(2);
    view.setUint32(Number(view.getBigUint64(56, true)) * SECTOR, 0xfffffff0, true);
    const { source } = await opened([disk(file)]);
    expect(await sha256Of(source)).toBe(innerOf("vmdk-sparse"));
  });
});

/** A stream as VMware writes it: the real header stands in a footer, here inside the padding of a tar. */
function withFooter(stream: Uint8Array, padding: number): Uint8Array {
  const at = Math.ceil(stream.length / SECTOR) * SECTOR;
  const bytes = new Uint8Array(at + 3 * SECTOR + padding);
  bytes.set(stream);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(at, 1n, true);
  view.setUint32(at + 12, 3, true);
  bytes.set(stream.subarray(0, SECTOR), at + SECTOR);
  view.setBigUint64(56, 0xffff_ffff_ffff_ffffn, true);
  return bytes;
}

describe("a stream with its directory at the end", () => {
  test.each([0, 4096])(
    "its footer is found, with %i bytes of padding behind it",
    async (padding) => {
      const file = withFooter(rowFile("vmdk-stream").bytes, padding);
      const { source } = await opened([disk(file)]);
      expect(await sha256Of(source)).toBe(innerOf("vmdk-stream"));
    },
  );

  test("without its footer it is refused: it is cut off", async () => {
    const file = withFooter(rowFile("vmdk-stream").bytes, 0).slice(0, -3 * SECTOR);
    expect((await problemOf([disk(file)])).message).toMatch(/cut off: its footer/);
  });

  test("cut inside its last grain it is refused; what is there can be read", async () => {
    const whole = rowFile("vmdk-stream").bytes;
    const file = disk(rowFile("cut-vmdk-stream").bytes);
    const problem = await problemOf([file]);
    const from = Number(/byte (\d+) of the disk/.exec(problem.message)?.[1]);
    const { source, problems } = await opened([file], true);
    expect(problems).toContainEqual(problem);
    const good = [{ offset: 0, length: from }];
    const { source: all } = await opened([disk(whole)]);
    expect(Buffer.compare(await source.read(good), await all.read(good))).toBe(0);
    await expect(source.read([{ offset: from, length: 1 }])).rejects.toThrow();
  });
});

describe("what the descriptor says", () => {
  test("flat, zero and unreadable parts keep their places, whatever their names look like", async () => {
    const file = text(
      'rw 2 flat "C:\\vm\\my disk-f001.vmdk" 1\r\nRDONLY 1 ZERO\r\nRW 1 VMFS "b.vmdk"\r\nNOACCESS 1 ZERO\r\n',
    );
    const parts = [
      disk(
        Uint8Array.from({ length: 3 * SECTOR }, (_, i) => i >> 9),
        "my disk-f001.vmdk",
      ),
      disk(sevens(SECTOR), "b.vmdk"),
    ];
    const { source, peers } = await opened([disk(file), ...parts]);
    const at = [0, 1, 2, 3].map((sector) => ({ offset: sector * SECTOR, length: 1 }));
    expect([...(await source.read(at))]).toEqual([1, 2, 0, 7]);
    expect(peers).toEqual(["C:\\vm\\my disk-f001.vmdk", "b.vmdk"]);
  });

  test("a name in another encoding is found", async () => {
    const latin = Buffer.from('# Disk DescriptorFile\nRW 1 FLAT "gr\xfcn.vmdk" 0\n', "latin1");
    expect(await read([disk(latin), disk(sevens(SECTOR), "grün.vmdk")], 0, 1)).toEqual(sevens(1));
  });

  test("a flat extent that is shorter than it should be is refused; a hole if it is wanted", async () => {
    const files = [disk(text('RW 4 FLAT "a" 0\n')), disk(sevens(2 * SECTOR), "a")];
    expect((await problemOf(files)).message).toMatch(/extent a is cut off.*byte 1024 of the disk/);
    const { source } = await opened(files, true);
    expect(await source.read([{ offset: 0, length: 1024 }])).toEqual(sevens(1024));
    await expect(source.read([{ offset: 1024, length: 1 }])).rejects.toMatchObject({
      kind: "hole",
    });
  });

  test("a missing part is a hole if it is wanted, and the others are where they belong", async () => {
    const files = diskFiles(diskRow("vmdk-2gb-sparse-3-missing"));
    const { source, problems } = await opened(files, true);
    expect(problems.map(({ code }) => code)).toEqual(["vmdk.extent-missing"]);
    expect(source.size).toBe(4_295_495_680);
    await source.read([{ offset: 0, length: 4096 }]);
    await source.read([{ offset: 2 * 2 ** 31, length: 4096 }]);
    await expect(source.read([{ offset: 2 ** 31, length: 1 }])).rejects.toMatchObject({
      kind: "hole",
      message: "its extent disk-s002.vmdk is missing",
    });
  });

  test("a parent that was written to since is said", async () => {
    const [child, parent] = diskFiles(diskRow("vmdk-child"));
    if (!child || !parent) throw new Error("the row has no files");
    const words = new TextDecoder("latin1").decode(parent.bytes);
    const at = words.indexOf("\nCID=") + 5;
    parent.bytes.set(new TextEncoder().encode("00000001"), at);
    const { problems } = await opened([child, parent]);
    expect(problems.map(({ code }) => code)).toEqual(["vmdk.parent-changed"]);
    expect(problems[0]?.found).toBe("content id 00000001");
  });

  test("an overlay without its parent is refused", async () => {
    const [child] = diskFiles(diskRow("vmdk-child"));
    if (!child) throw new Error("the row has no files");
    expect((await problemOf([child])).message).toMatch(/backing file parent\.vmdk is missing/);
  });

  test("one part of a disk, alone, is said to be one", async () => {
    const [, part] = diskFiles(diskRow("vmdk-2gb-sparse"));
    if (!part) throw new Error("the row has no second file");
    expect((await opened([part])).problems.map(({ code }) => code)).toEqual(["vmdk.part"]);
  });

  test("a copy in text mode is refused", async () => {
    const file = sparse({ flags: 1 });
    file.set([0x0a, 0x20, 0x0a], 73);
    expect((await problemOf([disk(file)])).code).toBe("vmdk.text-mode");
  });
});

describe("a VMDK made to hurt", () => {
  test.each<[string, Spec, string]>([
    ["a capacity of 2^63 sectors", { capacity: 1n << 63n }, "refused: vmdk.header"],
    ["a capacity of 2^43 sectors", { capacity: 1n << 43n }, "refused: vmdk.header"],
    ["grains of no sector", { grain: 0n }, "refused: vmdk.header"],
    ["grains of 2^60 sectors", { grain: 1n << 60n }, "refused: vmdk.header"],
    ["2^32 entries a table", { entries: 2 ** 32 - 1 }, "refused: vmdk.header"],
    ["tables of no entry", { entries: 0 }, "refused: vmdk.header"],
    ["a directory behind the end", { directory: 1n << 40n }, "refused: vmdk.cut"],
    ["a directory that points at itself", { values: { [SECTOR]: 1 } }, "read"],
    ["a table behind the end", { values: { [SECTOR]: 0xffffffff } }, "refused: vmdk.cut"],
    ["a grain behind the end", { values: { [TABLE]: 0xffffffff } }, "refused: vmdk.cut"],
    [
      "a grain that is the header",
      { flags: 0x10000, values: { [TABLE]: 0, [TABLE + 4]: 1 } },
      "unreadable",
    ],
    ["a version from the future", { version: 9 }, "refused: vmdk.format"],
    ["space-efficient sparse", { magic: 0xcafebabe }, "refused: vmdk.format"],
    ["a descriptor behind the end", { descriptor: 1n << 40n }, "refused: vmdk.cut"],
    ["no footer", { directory: (1n << 64n) - 1n }, "refused: vmdk.cut"],
    ["no capacity and no descriptor", { capacity: 0n }, "refused: vmdk.header"],
  ])("%s", async (_, spec, end) => {
    expect(await howItEnds(vmdk, [disk(sparse(spec))])).toBe(end);
  });

  test("a packed grain that is a bomb unpacks to one grain, no more", async () => {
    const bomb = deflateSync(new Uint8Array(64 << 20));
    const values = { [TABLE]: 8 };
    const bytes = { [GRAIN]: bomb };
    const file = sparse({ flags: 0x10000, values, bytes, length: GRAIN + bomb.length });
    expect(await howItEnds(vmdk, [disk(file)])).toBe("read");
  });

  test.each([
    [
      "itself as a part of itself",
      `RW 8 SPARSE "disk.vmdk"\n${"#".repeat(600)}`,
      "refused: vmdk.format",
    ],
    ["a part of 10^40 sectors", `RW 1${"0".repeat(40)} ZERO\n`, "refused: vmdk.header"],
    ["2^53 bytes in parts", "RW 17000000000000 ZERO\n".repeat(3), "refused: vmdk.header"],
    ["no part at all", "version=1\n", "refused: vmdk.header"],
    [
      "itself as its parent",
      'CID=1\nparentCID=1\nparentFileNameHint="disk.vmdk"\nRW 1 ZERO\n',
      "refused: vmdk.backing-loop",
    ],
    ["a hundred thousand parts", "RW 1 ZERO\n".repeat(100_000), "refused: vmdk.header"],
  ])("%s", async (_, lines, end) => {
    expect(await howItEnds(vmdk, [disk(text(lines))])).toBe(end);
  });

  test("the same sparse part ten thousand times", async () => {
    const lines = 'RW 64 SPARSE "a"\n'.repeat(10_000);
    const files = [disk(text(lines)), disk(sparse({}), "a")];
    expect(await howItEnds(vmdk, files)).toBe("refused: vmdk.header");
  });
});
