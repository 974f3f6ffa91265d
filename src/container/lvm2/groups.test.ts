import { describe, expect, test } from "vitest";
import { buildPv } from "../../../testing/lvm2-builder.ts";
import { buildDevices, bytesOf, mdaOf, readPvs, SECTOR } from "../../../testing/lvm2-group.ts";
import {
  type GroupSpec,
  groupText,
  segment,
  stripes,
  uuid,
  volume,
} from "../../../testing/lvm2-text.ts";
import { assembleGroups } from "./lvm2.ts";

const EXTENT = 4096;
const START = 256 * SECTOR;
const MDA = mdaOf({ peStart: 256 });

const SPEC: GroupSpec = {
  seqno: 5,
  devices: ["pv0", "pv1"].map((name) => ({ name, peStart: 256, peCount: 10 })),
  volumes: [
    volume("first", [stripes(0, 2, [["pv0", 3]])]),
    volume("second", [stripes(0, 2, [["pv1", 0]])]),
    volume("both", [stripes(0, 1, [["pv0", 0]]), stripes(1, 1, [["pv1", 9]])]),
    volume("turns", [
      stripes(0, 4, [
        ["pv0", 5],
        ["pv1", 5],
      ]),
    ]),
  ],
};

async function assemble(devices: readonly Uint8Array[]) {
  const { groups, problems } = assembleGroups(await readPvs(devices));
  const volume = (name: string) => {
    const found = groups[0]?.volumes.find((one) => one.name === name);
    if (!found) throw new Error(`no volume is called ${name}`);
    return found;
  };
  return { groups, problems, volume, codes: problems.map(({ code }) => code) };
}

/** A device of SPEC's with another text, or none. */
const device = (name: string, text?: string) =>
  buildPv({
    bytes: START + 10 * EXTENT,
    uuid: uuid(name),
    mdas: [text === undefined ? MDA : { ...MDA, text }],
  });

describe("the disks of a group", () => {
  test("in any order are the same group", async () => {
    const [pv0, pv1] = buildDevices(SPEC);
    if (!pv0 || !pv1) throw new Error("two devices are needed");
    const one = await assemble([pv0, pv1]);
    const other = await assemble([pv1, pv0]);
    expect(one.codes).toEqual([]);
    expect(one.groups[0]).toMatchObject({ name: "vg", uuid: uuid("vg"), seqno: 5, missing: [] });
    expect(one.groups[0]?.extentBytes).toBe(EXTENT);
    for (const name of ["first", "both", "turns"]) {
      expect(await bytesOf(other.volume(name))).toEqual(await bytesOf(one.volume(name)));
    }
  });

  test("need one description among them", async () => {
    const found = await assemble([device("pv0"), device("pv1", groupText(SPEC))]);
    expect(found.codes).toEqual([]);
    expect(found.volume("both").complete).toBe(true);
  });

  test("may be missing: what does not lie on them is whole", async () => {
    const [pv0] = buildDevices(SPEC);
    const { groups, problems, volume } = await assemble(pv0 ? [pv0] : []);
    const label = `pv1 (uuid ${uuid("pv1")})`;
    expect(groups[0]?.missing).toEqual([label]);
    expect(problems).toMatchObject([{ code: "lvm.pv-missing", where: "vg" }]);
    expect(volume("first")).toMatchObject({ complete: true, missing: [], why: null });
    for (const name of ["second", "both", "turns"]) {
      const why = `a part of it lies on ${label}, which is missing`;
      expect(volume(name)).toMatchObject({ complete: false, missing: [label], why });
    }
    const hole = { kind: "hole", message: `it lies on ${label}, which is missing` };
    await expect(bytesOf(volume("both"))).rejects.toMatchObject(hole);
    await expect(bytesOf(volume("turns"))).rejects.toMatchObject(hole);
    const there = await volume("both").source?.read([{ offset: 0, length: EXTENT }]);
    expect(there).toEqual(pv0?.slice(START, START + EXTENT));
  });

  test("may be cut: what lies before the end is whole", async () => {
    const devices = buildDevices(SPEC);
    const cut = devices.map((bytes, i) =>
      i === 1 ? bytes.subarray(0, START + 9 * EXTENT + 100) : bytes,
    );
    const { problems, volume } = await assemble(cut);
    expect(problems).toMatchObject([
      { code: "lvm.pv-short", expected: expect.stringContaining(`${START + 10 * EXTENT} bytes`) },
    ]);
    expect(volume("second").complete).toBe(true);
    expect(volume("turns").complete).toBe(true);
    expect(volume("both")).toMatchObject({
      complete: false,
      missing: [],
      why: "a part of it lies behind the end of pv1 as given",
    });
    const source = volume("both").source;
    const before = await source?.read([{ offset: EXTENT, length: 100 }]);
    expect(before).toEqual(devices[1]?.slice(START + 9 * EXTENT, START + 9 * EXTENT + 100));
    await expect(source?.read([{ offset: EXTENT, length: 101 }])).rejects.toMatchObject({
      kind: "hole",
    });
  });
});

describe("several descriptions", () => {
  const older = groupText({ ...SPEC, seqno: 4, volumes: [] });

  test("the highest seqno rules, and who is behind is named", async () => {
    const newer = groupText(SPEC);
    for (const devices of [
      [device("pv0", older), device("pv1", newer)],
      [device("pv1", newer), device("pv0", older)],
    ]) {
      const { groups, problems } = await assemble(devices);
      expect(groups).toMatchObject([{ seqno: 5 }]);
      expect(groups[0]?.volumes).toHaveLength(4);
      expect(problems).toMatchObject([
        { code: "lvm.seqno", found: "seqno 4", expected: expect.stringContaining("seqno 5") },
      ]);
    }
  });

  test("one that is damaged does not rule, however new", async () => {
    const broken = `${groupText({ ...SPEC, seqno: 9 })} } `;
    const { groups, codes } = await assemble([device("pv0", broken), device("pv1", older)]);
    expect(groups).toMatchObject([{ seqno: 4 }]);
    expect(codes).toEqual(["lvm.metadata-text"]);
  });

  test("as new as each other but not the same: the first is used, and it is said", async () => {
    const other = groupText({ ...SPEC, volumes: [] });
    const { groups, codes } = await assemble([
      device("pv0", groupText(SPEC)),
      device("pv1", other),
    ]);
    expect(groups[0]?.volumes).toHaveLength(4);
    expect(codes).toEqual(["lvm.same-seqno"]);
  });

  test.each([
    ["no section", "a = 1", "no section"],
    ["another format", groupText(SPEC).replace("Text Format", "Other"), "version 1"],
    ["another version", groupText(SPEC).replace("version = 1\n", "version = 2\n"), "version 1"],
    ["no seqno", groupText(SPEC).replace("seqno = 5", ""), "no id, seqno or extent_size"],
    ["extents of nothing", groupText({ ...SPEC, extentSize: 0 }), "no id, seqno or extent_size"],
    ["a bad id", groupText({ ...SPEC, id: "short" }), "no id, seqno or extent_size"],
    ["a name that is a way out", groupText(SPEC).replace("vg {", '"../vg" {'), "called that"],
    [
      "a volume that is a way out",
      groupText(SPEC).replace("first {", '".." {'),
      "none can be called",
    ],
    ["a device without an id", groupText(SPEC).replace(uuid("pv0"), ""), "pv0 makes no sense"],
  ])("%s: refused", async (_, text, why) => {
    const { groups, problems } = await assemble([device("pv0", text)]);
    expect(groups).toEqual([]);
    expect(problems).toMatchObject([{ code: "lvm.metadata-text" }, { code: "lvm.no-metadata" }]);
    expect(problems[0]?.found).toContain(why);
  });
});

describe("disks that do not fit together", () => {
  test("the same one twice is taken once", async () => {
    const [pv0, pv1] = buildDevices(SPEC);
    if (!pv0 || !pv1) throw new Error("two devices are needed");
    const { problems, volume } = await assemble([pv0, pv1, pv0.slice()]);
    expect(problems).toMatchObject([{ code: "lvm.pv-twice", where: "disk2" }]);
    expect(problems[0]?.message).toContain("with the same label and description; disk0 is read");
    expect(volume("both").complete).toBe(true);
  });

  test("of two that differ the one with the newer description is taken", async () => {
    const [, pv1] = buildDevices(SPEC);
    const old = device("pv0", groupText({ ...SPEC, seqno: 3 }));
    const newer = device("pv0", groupText(SPEC));
    newer[START] = 77;
    const { problems, volume } = await assemble([old, ...(pv1 ? [pv1] : []), newer]);
    expect(problems.map(({ code, where }) => [code, where])).toEqual([
      ["lvm.seqno", "disk0"],
      ["lvm.pv-twice", "disk0"],
    ]);
    expect(problems[1]?.message).toContain("differ; disk2 is read");
    expect((await bytesOf(volume("both")))[0]).toBe(77);
  });

  test("one that was taken out of the group while it was away", async () => {
    const without = { ...SPEC, seqno: 8, devices: SPEC.devices.slice(0, 1), volumes: [] };
    const { problems } = await assemble([
      device("pv0", groupText(without)),
      device("pv1", groupText(SPEC)),
    ]);
    expect(problems.map(({ code, where }) => [code, where])).toEqual([
      ["lvm.seqno", "disk1"],
      ["lvm.pv-left", "disk1"],
    ]);
  });

  test("one that LVM has marked as missing is read, and it is said", async () => {
    const devices = SPEC.devices.map((one) => ({
      ...one,
      flags: one.name === "pv1" ? ["MISSING"] : [],
    }));
    const { problems, volume } = await assemble(buildDevices({ ...SPEC, devices }));
    expect(problems).toMatchObject([{ code: "lvm.pv-was-away", where: "disk1" }]);
    expect(volume("second").complete).toBe(true);
  });

  test("two groups of one name stay two", async () => {
    const other = {
      ...SPEC,
      id: uuid("other"),
      devices: [{ name: "pv0", id: uuid("x"), peStart: 256, peCount: 10 }],
      volumes: [],
    };
    const { groups, codes } = await assemble([...buildDevices(SPEC), ...buildDevices(other)]);
    expect(groups.map(({ uuid: id }) => id)).toEqual([uuid("vg"), uuid("other")]);
    expect(codes).toEqual(["lvm.same-name"]);
  });

  test("a disk of no group is no problem; one of a group that nobody describes is", async () => {
    const bytes = START;
    const unused = buildPv({ bytes, uuid: uuid("a"), extension: { version: 2, used: false } });
    expect((await assemble([unused])).codes).toEqual([]);
    const used = buildPv({ bytes, uuid: uuid("b") });
    expect((await assemble([used])).codes).toEqual(["lvm.no-metadata"]);
  });

  test("a disk with a damaged label is named beside the group that misses it", async () => {
    const [pv0] = buildDevices(SPEC);
    const bad = buildPv({ bytes: START, uuid: uuid("pv1"), labels: [{ sector: 1, checksum: 3 }] });
    const { codes } = await assemble(pv0 ? [pv0, bad] : [bad]);
    expect(codes).toEqual(["lvm.label", "lvm.pv-missing"]);
  });
});

describe("copies on several disks", () => {
  const image = (i: number) => volume(`lv_rimage_${i}`, [stripes(0, 1, [[`pv${i}`, 2]])]);
  const raid1 = segment(
    0,
    1,
    "raid1",
    'device_count = 2\nraids = ["lv_rmeta_0", "lv_rimage_0", "lv_rmeta_1", "lv_rimage_1"]',
  );
  const spec = { ...SPEC, volumes: [image(0), image(1), volume("lv", [raid1])] };

  test("a leg that is there is read where the first is missing", async () => {
    const [, pv1] = buildDevices(spec);
    const { volume: found } = await assemble(pv1 ? [pv1] : []);
    expect(found("lv")).toMatchObject({ complete: true, missing: [] });
    expect(await bytesOf(found("lv"))).toEqual(pv1?.slice(START + 2 * EXTENT, START + 3 * EXTENT));
  });
});
