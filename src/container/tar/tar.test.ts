import { describe, expect, test } from "vitest";
import { diskFiles, diskRow } from "../../../testing/disk-rows.ts";
import { seededRng } from "../../../testing/random.ts";
import { expectRandomReads } from "../../../testing/random-reads.ts";
import {
  allBytes,
  expectRow,
  isMatch,
  packedRow,
  refused,
  unwrapped,
} from "../../../testing/stream-rows.ts";
import { gzip } from "../gzip/gzip.ts";
import { tar } from "./tar.ts";

interface Member {
  name: string;
  bytes?: Uint8Array;
  type?: string;
  /** As the header says it. */
  size?: string;
  /** Bytes of the header that are other ones. */
  fields?: [number, string][];
}

const octal = (value: number) => `${value.toString(8).padStart(11, "0")}\0`;

/** One member, by hand (POSIX.1-1988). */
function member({ name, bytes = new Uint8Array(), type = "0", size, fields = [] }: Member): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, "latin1");
  header.write(size ?? octal(bytes.length), 124, "latin1");
  header.write("        ", 148);
  header.write(type, 156);
  header.write("ustar\x0000", 257, "latin1");
  for (const [at, text] of fields) header.write(text, at, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

const end = Buffer.alloc(1024);
const disk = Buffer.from("disk ".repeat(1000));
const archive = (...members: Member[]) => Buffer.concat([...members.map(member), end]);

describe("what GNU tar wrote is read", () => {
  test.each(["tar", "tar-sparse"])("%s", async (id) => {
    const value = await expectRow(tar, id);
    expect(value.problems).toEqual([]);
    const [plain] = diskFiles(diskRow("wrap-base"));
    await expectRandomReads(seededRng(1), value.source, plain?.bytes ?? new Uint8Array(), 1000);
  });

  test("in a gzip", async () => {
    const outer = await unwrapped(gzip, packedRow("tar-gz"));
    const opened = await tar.open(outer.source, "disk.tar.gz", {
      find: () => null,
      partial: false,
    });
    if (!opened.ok) throw new Error(opened.problem.message);
    const [plain] = diskFiles(diskRow("wrap-base"));
    expect(Buffer.compare(await allBytes(opened.value), plain?.bytes ?? new Uint8Array())).toBe(0);
    expect(opened.value.source.path).toBe("gzip → tar");
  });
});

describe("archives by hand", () => {
  test("with a disk beside its description, folders, links and long names", async () => {
    const packed = archive(
      { name: "vm/", type: "5" },
      { name: "vm/vm.ovf", bytes: Buffer.from("<xml>") },
      { name: "././@LongLink", type: "L", bytes: Buffer.from(`${"long/".repeat(30)}disk\0`) },
      { name: "vm/disk.vmdk", bytes: disk },
      { name: "vm/link", type: "2" },
      { name: "vm/vm.mf", bytes: Buffer.from("SHA256(…)") },
    );
    const value = await unwrapped(tar, packed);
    expect(disk.equals(await allBytes(value))).toBe(true);
  });

  test("with a size of more than eleven octal digits", async () => {
    const size = Buffer.concat([Buffer.of(0x80), Buffer.alloc(9), Buffer.of(19, 136)]);
    const packed = archive({ name: "disk", bytes: disk, size: size.toString("latin1") });
    expect(disk.equals(await allBytes(await unwrapped(tar, packed)))).toBe(true);
  });

  test("without an end", async () => {
    const packed = member({ name: "disk", bytes: disk });
    expect(disk.equals(await allBytes(await unwrapped(tar, packed)))).toBe(true);
    expect(disk.equals(await allBytes(await unwrapped(tar, packed.subarray(0, 512 + 5000))))).toBe(
      true,
    );
  });

  test("that are cut off are refused, and read as far as they go if that is asked for", async () => {
    const packed = member({ name: "disk", bytes: disk }).subarray(0, 2048);
    const problem = await refused(tar, packed);
    expect(problem.code).toBe("tar.cut");
    const value = await unwrapped(tar, packed, true);
    expect(value.problems.map(({ code }) => code)).toEqual(["tar.cut"]);
    const start = await value.source.read([{ offset: 0, length: 1536 }]);
    expect(disk.subarray(0, 1536).equals(start)).toBe(true);
    await expect(value.source.read([{ offset: 1536, length: 1 }])).rejects.toMatchObject({
      kind: "hole",
    });
  });

  test("of a sparse file, with pieces in more headers than one", async () => {
    const runs = Array.from({ length: 30 }, (_, i) => ({ offset: 10_000 * i + 512, length: 5 }));
    const text = (list: typeof runs) =>
      list.map(({ offset, length }) => octal(offset) + octal(length)).join("");
    const more = Buffer.alloc(1024);
    more.write(`${text(runs.slice(4, 25))}\x01`, 0, "latin1");
    more.write(text(runs.slice(25)), 512, "latin1");
    const bytes = Buffer.from("ABCDE".repeat(30));
    const header = member({
      name: "disk",
      type: "S",
      size: octal(bytes.length),
      fields: [
        [386, text(runs.slice(0, 4))],
        [482, "\x01"],
        [483, octal(400_000)],
      ],
    });
    const flat = Buffer.alloc(400_000);
    for (const { offset } of runs) flat.write("ABCDE", offset);
    const packed = Buffer.concat([header, more, bytes, Buffer.alloc(512 - bytes.length), end]);
    const { source } = await unwrapped(tar, packed);
    await expectRandomReads(seededRng(1), source, flat, 200);
  });

  test.each<[string, Buffer, string, string]>([
    [
      "two disks",
      archive({ name: "a.vmdk", bytes: disk }, { name: "b.vmdk", bytes: disk }),
      "several",
      "“tar -xf FILE” unpacks them",
    ],
    ["no disk", archive({ name: "a.txt", bytes: disk }), "empty", "no disk"],
    [
      "a sparse file as pax stores it",
      archive(
        { name: "x", type: "x", bytes: Buffer.from("22 GNU.sparse.major=1\n") },
        { name: "disk", bytes: disk },
      ),
      "pax-sparse",
      "“tar -xf FILE” unpacks it",
    ],
    [
      "a size that is none",
      archive({ name: "disk", size: "-1\0" }),
      "header",
      "the size of disk is no number",
    ],
    [
      "pieces that overlap",
      archive({
        ...{ name: "disk", type: "S", size: octal(10), bytes: Buffer.alloc(10) },
        fields: [
          [386, octal(0) + octal(5) + octal(3) + octal(5)],
          [483, octal(100)],
        ],
      }),
      "header",
      "do not add up",
    ],
    [
      "endless headers",
      Buffer.concat(Array.from({ length: 5000 }, () => member({ name: "folder/", type: "5" }))),
      "too-many",
      "more than 4096 headers",
    ],
  ])("with %s are refused", async (_, packed, code, words) => {
    const problem = await refused(tar, packed);
    expect(problem.code).toBe(`tar.${code}`);
    expect(problem.message).toContain(words);
  });

  test("are told by magic and checksum", () => {
    const packed = archive({ name: "disk", bytes: disk });
    expect(isMatch(tar, packed)).toBe(true);
    packed[3] = 1;
    expect(isMatch(tar, packed)).toBe(false);
    expect(isMatch(tar, Buffer.alloc(100))).toBe(false);
  });
});
