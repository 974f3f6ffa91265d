import { describe, expect, test } from "vitest";
import { buildPv, lvmChecksum, type MdaSpec, type PvSpec } from "../../../testing/lvm2-builder.ts";
import { groupText, uuid } from "../../../testing/lvm2-text.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { readPhysicalVolume } from "./lvm2.ts";

const MIB = 1 << 20;
const ME = uuid("me");
const TEXT = groupText({ devices: [{ name: "me", peStart: 2048, peCount: 4 }], volumes: [] });
const MDA = { at: 4096, bytes: 32 << 10, text: TEXT };

const read = (spec: Partial<PvSpec>) => readBytes(buildPv({ bytes: 2 * MIB, uuid: ME, ...spec }));

const readBytes = (bytes: Uint8Array) => readPhysicalVolume(new BytesSource(bytes), "disk");

const readMda = (mda: Partial<MdaSpec>) => read({ mdas: [{ ...MDA, ...mda }] });

const codes = (pv: Awaited<ReturnType<typeof read>>) => pv?.problems.map(({ code }) => code);

describe("the label", () => {
  test.each([0, 1, 2, 3])("is found in sector %i", async (sector) => {
    const pv = await read({ labels: [{ sector }], mdas: [MDA] });
    expect(pv).toMatchObject({ uuid: ME, used: true, texts: [`${TEXT}\0`], problems: [] });
  });

  test("of two the first counts", async () => {
    const labels = [{ sector: 3, uuid: uuid("other") }, { sector: 2 }];
    expect(await read({ labels })).toMatchObject({ uuid: ME, problems: [] });
  });

  test.each([
    ["the checksum", { checksum: 1 }, "checksum"],
    ["the sector", { says: 2n }, "sector 2"],
    [
      "a sector that only 64 bits tell from its own",
      { says: 1n + (1n << 32n) },
      "sector 4294967297",
    ],
  ])("%s must be right", async (_, wrong, word) => {
    const pv = await read({ labels: [{ sector: 1, ...wrong }] });
    expect(pv).toMatchObject({ uuid: null, texts: [], problems: [{ code: "lvm.label" }] });
    expect(JSON.stringify(pv?.problems)).toContain(word);
  });

  test("one that is bad does not stand before a good one", async () => {
    const labels = [{ sector: 1, checksum: 1 }, { sector: 2 }];
    expect(await read({ labels })).toMatchObject({ uuid: ME, problems: [] });
  });

  test("no label is no PV, and neither is one in sector 4", async () => {
    expect(await readBytes(new Uint8Array(MIB))).toBeNull();
    expect(await readBytes(new Uint8Array(0))).toBeNull();
    expect(await readBytes(new Uint8Array(600).fill(0x4c))).toBeNull();
    expect(await read({ labels: [{ sector: 4 }] })).toBeNull();
  });

  test.each([
    [
      "lists that do not end",
      { data: Array.from({ length: 40 }, () => ({ offset: 1n, size: 1n })) },
    ],
    ["a header before the label's end", { labels: [{ sector: 1, headerAt: 31 }] }],
    ["a header that does not fit", { labels: [{ sector: 1, headerAt: 473 }] }],
    ["a header far away", { labels: [{ sector: 1, headerAt: 0xffffffff }] }],
  ])("%s: refused", async (_, spec) => {
    expect(codes(await read(spec))).toEqual(["lvm.pv-header"]);
  });

  test("data areas, however many, stand before the metadata areas", async () => {
    const data = [1n, 2n, 3n].map((offset) => ({ offset: offset << 20n, size: 1n << 20n }));
    expect((await read({ data, mdas: [MDA] }))?.texts).toHaveLength(1);
    expect((await read({ data: [], mdas: [MDA] }))?.texts).toHaveLength(1);
  });

  test("whether a group uses it is said from version 2 of the extension on", async () => {
    const used = async (extension: PvSpec["extension"] & object) =>
      (await read({ extension }))?.used;
    expect(await used({ version: 2, used: true })).toBe(true);
    expect(await used({ version: 2, used: false })).toBe(false);
    expect(await used({ version: 1, used: true })).toBeNull();
    expect((await read({ extension: null }))?.used).toBeNull();
  });
});

describe("a metadata area", () => {
  test("holds the text", async () => {
    expect(await readMda({ textAt: 8192 })).toMatchObject({ texts: [`${TEXT}\0`], problems: [] });
  });

  test("of a PV that no group uses is empty", async () => {
    const empty = { at: 4096, bytes: 32 << 10 };
    expect(await read({ mdas: [empty] })).toMatchObject({ texts: [], problems: [] });
    expect(await read({})).toMatchObject({ texts: [], problems: [] });
  });

  test("is a ring: behind its end the text goes on after the header", async () => {
    for (const before of [1, 100, TEXT.length]) {
      const textAt = MDA.bytes - before;
      expect(await readMda({ textAt })).toMatchObject({ texts: [`${TEXT}\0`], problems: [] });
    }
  });

  test("may be filled by its text to the last byte", async () => {
    const bytes = 512 + TEXT.length + 1;
    for (const textAt of [512, 900, bytes - 1]) {
      expect(await readMda({ bytes, textAt })).toMatchObject({
        texts: [`${TEXT}\0`],
        problems: [],
      });
    }
  });

  test("that LVM ignores keeps its text of long ago to itself", async () => {
    const pv = await readMda({ slot: { flags: 1 } });
    expect(pv).toMatchObject({ texts: [], ignoredAreas: 1, problems: [] });
  });

  test("with a change under way: what was in force is read, and it is said", async () => {
    const pending = { offset: 8192, size: 100n, checksum: 1, flags: 0 };
    expect(await readMda({ pending })).toMatchObject({
      texts: [`${TEXT}\0`],
      problems: [{ code: "lvm.interrupted" }],
    });
  });

  test.each([
    ["other bytes", { magic: " LVM1 x[5A%r0N*>" }, "not one of LVM's"],
    ["a wrong checksum", { checksum: 7 }, "checksum is wrong"],
    ["a version of later", { version: 2 }, "version is not known"],
    ["a header for another place", { start: 1052672n }, "one for byte 1052672"],
    ["a place behind the end", { at: 2 * MIB - 512 }, "outside of the device"],
    ["no room for a text", { bytes: 512 }, "outside of the device"],
  ])("%s: it is not used", async (_, wrong, why) => {
    const pv = await readMda(wrong);
    expect(pv).toMatchObject({ uuid: ME, texts: [], problems: [{ code: "lvm.metadata-area" }] });
    expect(JSON.stringify(pv?.problems)).toContain(why);
  });

  test.each([
    ["the header itself", { offset: 40, size: 400n }, "outside of its area"],
    ["the end of the header", { offset: 511 }, "outside of its area"],
    ["the area's end", { offset: MDA.bytes }, "outside of its area"],
    ["no bytes", { size: 0n }, "outside of its area"],
    ["more than the ring", { size: BigInt(MDA.bytes - 511) }, "outside of its area"],
    ["4 GiB", { size: 1n << 32n }, "outside of its area"],
    ["2^64 bytes", { size: (1n << 64n) - 1n }, "outside of its area"],
    ["fewer bytes than it has", { size: 10n }, "checksum is wrong"],
    ["a wrong checksum", { checksum: 7 }, "checksum is wrong"],
  ])("a text of %s is refused", async (_, slot, why) => {
    const pv = await readMda({ slot });
    expect(pv).toMatchObject({ texts: [], problems: [{ code: "lvm.metadata-text" }] });
    expect(JSON.stringify(pv?.problems)).toContain(why);
  });

  test("a second one stands in for the first", async () => {
    const second = { ...MDA, at: MIB };
    const pv = await read({ mdas: [{ ...MDA, checksum: 1 }, second] });
    expect(pv).toMatchObject({ texts: [`${TEXT}\0`], problems: [{ code: "lvm.metadata-area" }] });
    expect((await read({ mdas: [MDA, second] }))?.texts).toHaveLength(1);
  });

  test("damage to any byte of the text is seen", async () => {
    const good = buildPv({ bytes: 2 * MIB, uuid: ME, mdas: [MDA] });
    for (let at = 0; at <= TEXT.length; at += 37) {
      const bytes = good.slice();
      bytes[MDA.at + 512 + at] = (bytes[MDA.at + 512 + at] ?? 0) ^ 1;
      expect(codes(await readBytes(bytes))).toEqual(["lvm.metadata-text"]);
    }
  });

  test("the builder's own checksum is LVM's", () => {
    // CRC-32 of "123456789" is 0xcbf43926; LVM's differs in its start and in what is done at the end.
    expect(lvmChecksum(new Uint8Array(0))).toBe(0xf597a6cf);
    expect(lvmChecksum(Uint8Array.of(0xcf, 0xa6, 0x97, 0xf5))).toBe(0);
  });
});
