import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { diskFiles, diskRow } from "../../../testing/disk-rows.ts";
import { openFirst } from "../../../testing/handed-over.ts";
import { howItEnds } from "../../../testing/hostile-image.ts";
import { openedOf, refusalOf } from "../../../testing/opening.ts";
import { type Qcow2Spec, qcow2Bytes } from "../../../testing/qcow2-builder.ts";
import { diskImages } from "../disk-images.ts";
import { qcow2Over } from "./qcow2.ts";

const qcow2 = qcow2Over(() => diskImages);
const CLUSTER = 65_536;
const PACKED = 1n << 62n;

const file = (spec: Qcow2Spec, name = "disk.qcow2") => ({ name, bytes: qcow2Bytes(spec) });
const ends = (spec: Qcow2Spec) => howItEnds(qcow2, [file(spec)]);

const problemOf = (spec: Qcow2Spec) => refusalOf([file(spec)], qcow2);
const opened = (spec: Qcow2Spec, partial = false) => openedOf([file(spec)], partial, qcow2);

const name = (text: string) => Uint8Array.from({ length: 46 }, (_, i) => text.charCodeAt(i) || 0);
const feature = (bit: number, text: string) => ({
  type: 0x6803f857,
  data: Uint8Array.from([0, bit, ...name(text)]),
});

describe("what a qcow2 says of itself", () => {
  test("a feature that is not known is refused by the name that the image gives it", async () => {
    const extensions = [feature(17, "time travel")];
    const problem = await problemOf({ incompatible: (1n << 17n) | (1n << 63n), extensions });
    expect(problem.message).toBe("it needs a feature that is not known here: time travel, bit 63");
    expect(problem.code).toBe("qcow2.feature");
  });

  test("dirty and corrupt are said, and do not keep it from being read", async () => {
    const { problems, source } = await opened({ incompatible: 3n });
    expect(problems.map(({ code }) => code)).toEqual(["qcow2.dirty", "qcow2.corrupt"]);
    expect(await source.read([{ offset: 0, length: 512 }])).toEqual(new Uint8Array(512));
  });

  test.each(['json:{"driver":"raw"}', "nbd://server/disk", "rbd:pool/image"])(
    "a backing file called %s is refused in words",
    async (backing) => {
      const problem = await problemOf({ backing });
      expect(problem.code).toBe("qcow2.backing-name");
      expect(problem.message).toContain(backing);
    },
  );

  test("a backing file on a drive of Windows is looked for by its name alone", async () => {
    const problem = await problemOf({ backing: "C:\\vm\\base.vmdk" });
    expect(problem.message).toContain("backing file C:\\vm\\base.vmdk is missing");
  });

  test("internal snapshots are named", async () => {
    const files = diskFiles(diskRow("qcow2-internal-snapshot"));
    const answer = await openFirst(qcow2, files);
    if (!answer.ok) throw new Error(answer.problem.message);
    const [problem] = answer.value.problems;
    expect(problem?.code).toBe("qcow2.internal-snapshots");
    expect(problem?.found).toBe('"before", "second one"');
  });
});

describe("what an L2 entry says", () => {
  const l1 = { 0: BigInt(2 * CLUSTER) };
  const head = { offset: 0, length: 512 };

  test("the zero flag of version 2 is damage, as qemu takes it", async () => {
    const { source } = await opened({ version: 2, l1, values: { [2 * CLUSTER]: 1n } });
    await expect(source.read([head])).rejects.toMatchObject({ kind: "hole" });
  });

  test("the zero flag goes before the offset that was allocated with it", async () => {
    const values = { [2 * CLUSTER]: BigInt(3 * CLUSTER) | 1n };
    const bytes = { [3 * CLUSTER]: new Uint8Array(512).fill(7) };
    const { source } = await opened({ l1, values, bytes });
    expect(await source.read([head])).toEqual(new Uint8Array(512));
  });

  test("bits 48 to 55 belong to the offset", async () => {
    const values = { [2 * CLUSTER]: (1n << 55n) | BigInt(3 * CLUSTER) };
    const { source } = await opened({ l1, values, incompatible: 0n }, true);
    await expect(source.read([head])).rejects.toMatchObject({
      kind: "hole",
      message: "it lies behind the end of the file, which was cut off",
    });
  });

  test("a subcluster both written and zero is damage; its neighbour is not", async () => {
    const at = 2 * CLUSTER;
    const values = { [at]: BigInt(3 * CLUSTER), [at + 8]: (1n << 32n) | 3n };
    const bytes = { [3 * CLUSTER]: new Uint8Array(4096).fill(7) };
    const { source } = await opened({ l1, values, bytes, incompatible: 1n << 4n });
    await expect(source.read([head])).rejects.toMatchObject({ kind: "hole" });
    expect(await source.read([{ offset: 2048, length: 512 }])).toEqual(new Uint8Array(512).fill(7));
  });

  test("packed bytes may be followed by others, and end a file inside a sector", async () => {
    const disk = new Uint8Array(CLUSTER).map((_, i) => i % 251);
    const packed = deflateRawSync(disk);
    const junk = new Uint8Array(40).fill(0xaa);
    const moreSectors = BigInt(Math.floor((100 + packed.length + junk.length) / 512));
    const start = BigInt(3 * CLUSTER + 100);
    const values = { [2 * CLUSTER]: PACKED | start | (moreSectors << 54n) };
    const bytes = { [3 * CLUSTER + 100]: Buffer.concat([packed, junk]) };
    const length = 3 * CLUSTER + 100 + packed.length + junk.length;
    const { source } = await opened({ l1, values, bytes, length, size: BigInt(CLUSTER) });
    expect(await source.read([{ offset: 0, length: CLUSTER }])).toEqual(disk);
  });
});

describe("an image that is not whole, read as far as it goes", () => {
  test("cut off: what is there is read, what is not is a hole", async () => {
    const [cut] = diskFiles(diskRow("cut-qcow2"));
    const [whole] = diskFiles(diskRow("qcow2-v3"));
    if (!cut || !whole) throw new Error("a row has no file");
    const refused = await openFirst(qcow2, [cut]);
    const part = await openFirst(qcow2, [cut], true);
    const all = await openFirst(qcow2, [whole]);
    if (refused.ok || !part.ok || !all.ok) throw new Error("one should have been opened");
    expect(part.value.problems).toContainEqual(refused.problem);
    const from = Number(/byte (\d+) of the disk/.exec(refused.problem.message)?.[1]);
    expect(from).toBeGreaterThan(0);
    const good = [{ offset: 0, length: from }];
    expect(
      Buffer.compare(await part.value.source.read(good), await all.value.source.read(good)),
    ).toBe(0);
    await expect(part.value.source.read([{ offset: from, length: 1 }])).rejects.toMatchObject({
      kind: "hole",
    });
  });

  test("without its backing file: what the overlay does not hold is a hole, not zeros", async () => {
    const { source, problems } = await opened({ backing: "base.qcow2" }, true);
    expect(problems.map(({ code }) => code)).toEqual(["qcow2.backing-missing"]);
    await expect(source.read([{ offset: 0, length: 1 }])).rejects.toMatchObject({
      kind: "hole",
      message: "its backing file base.qcow2 is missing: only the overlay was handed over",
    });
  });

  test("without its data file: every cluster is a hole", async () => {
    const files = diskFiles(diskRow("qcow2-data-file-missing"));
    const answer = await openFirst(qcow2, files, true);
    if (!answer.ok) throw new Error(answer.problem.message);
    await expect(answer.value.source.read([{ offset: 0, length: 4096 }])).rejects.toMatchObject({
      kind: "hole",
    });
  });
});

describe("a qcow2 made to hurt", () => {
  test.each<[string, Qcow2Spec, string]>([
    ["a disk of 2^63 bytes", { size: 1n << 63n }, "refused: qcow2.header"],
    ["more disk than its L1 table covers", { size: 1n << 50n }, "refused: qcow2.header"],
    ["clusters of 2^63 bytes", { clusterBits: 63 }, "refused: qcow2.header"],
    ["clusters of one byte", { clusterBits: 0 }, "refused: qcow2.header"],
    ["2^32 L1 entries", { l1Entries: 2 ** 32 - 1 }, "refused: qcow2.header"],
    ["an L1 table behind the end", { l1Offset: 1n << 40n }, "refused: qcow2.cut"],
    ["an L1 table at 2^63", { l1Offset: 1n << 63n, l1: {} }, "refused: qcow2.header"],
    ["a version from the future", { version: 9 }, "refused: qcow2.version"],
    ["encryption by a method nobody knows", { encryption: 77 }, "refused: qcow2.encrypted"],
    [
      "a compression nobody knows",
      { incompatible: 8n, compression: 9 },
      "refused: qcow2.compression",
    ],
    ["subclusters of 16 bytes", { clusterBits: 9, incompatible: 16n }, "refused: qcow2.header"],
    ["itself as its backing file", { backing: "disk.qcow2" }, "refused: qcow2.backing-loop"],
    ["2^16 internal snapshots of noise", { snapshots: { count: 65_536, offset: 0n } }, "read"],
    ["an L1 entry that points at the L1 table", { l1: { 0: 65_536n } }, "read"],
    [
      "an L2 table that points at itself",
      { l1: { 0: 131_072n }, values: { 131072: 131_072n } },
      "read",
    ],
    ["an L2 table at no cluster", { l1: { 0: 65_536n + 512n } }, "hole"],
  ])("%s", async (_, spec, end) => {
    expect(await ends(spec)).toBe(end);
  });

  test("a header extension that is longer than the file", async () => {
    const bytes = qcow2Bytes({ extensions: [feature(1, "x")] });
    new DataView(bytes.buffer).setUint32(116, 0xffffffff);
    expect(await howItEnds(qcow2, [{ name: "a", bytes }])).toBe("refused: qcow2.header");
  });

  test("two overlays, each the other's backing file", async () => {
    const files = [file({ backing: "b" }, "a"), file({ backing: "a" }, "b")];
    expect(await howItEnds(qcow2, files)).toBe("refused: qcow2.backing-loop");
  });

  test("a chain of 300 overlays", async () => {
    const files = Array.from({ length: 300 }, (_, i) =>
      file({ backing: `${i + 1}`, length: 80_000, size: 512n }, `${i}`),
    );
    expect(await howItEnds(qcow2, files)).toBe("refused: qcow2.backing-loop");
  });

  const bombed = (bomb: Uint8Array, compression: number): Qcow2Spec => ({
    ...{ clusterBits: 21, l1Offset: 1n << 21n, l1: { 0: 2n << 21n }, size: 2n << 20n },
    ...{ incompatible: BigInt(compression) << 3n, compression, length: 12 << 20 },
    // As many sectors as can be said: 4 MiB.
    values: { [2 << 21]: PACKED | (3n << 21n) | (8191n << 49n) },
    bytes: { [3 << 21]: bomb },
  });

  test("a deflate bomb unpacks to one cluster, no more", async () => {
    const bomb = deflateRawSync(new Uint8Array(64 << 20));
    expect(await ends(bombed(bomb, 0))).toBe("read");
  });

  test("a zstd frame of a million blocks that each grow to 128 KiB", async () => {
    const run = [0x02, 0x00, 0x10, 0x00]; // a block of 128 KiB of zeros
    const frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38];
    const bomb = Uint8Array.from({ length: 4 << 20 }, (_, i) => frame[i] ?? run[(i - 6) % 4] ?? 0);
    expect(await ends(bombed(bomb, 1))).toBe("unreadable");
  });

  test("a zstd frame that asks for a window of 2 GiB", async () => {
    const bomb = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 1, 0, 0]);
    expect(await ends(bombed(bomb, 1))).toBe("unreadable");
  });
});
