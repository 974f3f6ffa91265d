import { describe, expect, test } from "vitest";
import { bytesOf, contentOf, extentsOf, readGroup, SECTOR } from "../../../testing/lvm2-group.ts";
import { segment, stripes, volume } from "../../../testing/lvm2-text.ts";
import { type Rng, seededRng } from "../../../testing/random.ts";

/** Extents of 8 sectors, from sector 256 of each device on. */
const EXTENT = 8 * SECTOR;
const START = 256 * SECTOR;
const DEVICES = ["pv0", "pv1", "pv2"].map((name) => ({ name, peStart: 256, peCount: 40 }));

const group = (...volumes: string[]) => readGroup({ devices: DEVICES, volumes });

const lv = (...segments: string[]) => volume("lv", segments);

/** The bytes of `count` sectors of a device, from a sector of one of its extents on. */
function sectors(device: number, extent: number, sector: number, count: number): Uint8Array {
  return contentOf(device, START + extent * EXTENT + sector * SECTOR, count * SECTOR);
}

const extents = (device: number, extent: number, count: number) =>
  sectors(device, extent, 0, count * 8);

const concat = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

describe("where a volume lies", () => {
  test("linear: at pe_start of the text, whatever the data area says", async () => {
    const { volume } = await group(lv(stripes(0, 3, [["pv1", 5]])));
    expect(await bytesOf(volume("lv"))).toEqual(extents(1, 5, 3));
    expect(volume("lv")).toMatchObject({ kind: "linear", complete: true, plain: true, why: null });
  });

  test("extents may have any size", async () => {
    const devices = [{ name: "pv0", peStart: 257, peCount: 5 }];
    const volumes = [lv(stripes(0, 2, [["pv0", 3]]))];
    const { volume } = await readGroup({ extentSize: 13, devices, volumes });
    const expected = contentOf(0, (257 + 3 * 13) * SECTOR, 2 * 13 * SECTOR);
    expect(await bytesOf(volume("lv"))).toEqual(expected);
  });

  test("segments stand in any order in the text", async () => {
    const { volume } = await group(
      lv(stripes(5, 1, [["pv2", 0]]), stripes(0, 2, [["pv1", 9]]), stripes(2, 3, [["pv0", 1]])),
    );
    const expected = concat(extents(1, 9, 2), extents(0, 1, 3), extents(2, 0, 1));
    expect(await bytesOf(volume("lv"))).toEqual(expected);
  });

  test("striped: a stripe of each in turn, each at its own place", async () => {
    const areas = [
      ["pv2", 3],
      ["pv0", 7],
    ] as const;
    const { volume } = await group(lv(stripes(0, 4, areas, 4)));
    const expected = concat(
      sectors(2, 3, 0, 4),
      sectors(0, 7, 0, 4),
      sectors(2, 3, 4, 4),
      sectors(0, 7, 4, 4),
      sectors(2, 4, 0, 4),
      sectors(0, 8, 0, 4),
      sectors(2, 4, 4, 4),
      sectors(0, 8, 4, 4),
    );
    expect(await bytesOf(volume("lv"))).toEqual(expected);
    expect(volume("lv")).toMatchObject({ kind: "striped", complete: true, plain: true });
  });

  test("a name is one of a device first, then one of a volume", async () => {
    const inner = volume("inner", [stripes(0, 4, [["pv0", 10]]), stripes(4, 4, [["pv1", 20]])]);
    const shadow = volume("pv2", [stripes(0, 4, [["pv0", 0]])]);
    const found = await group(
      inner,
      shadow,
      lv(stripes(0, 3, [["inner", 3]]), stripes(3, 2, [["pv2", 1]])),
    );
    const expected = concat(extents(0, 13, 1), extents(1, 20, 2), extents(2, 1, 2));
    expect(await bytesOf(found.volume("lv"))).toEqual(expected);
    expect(found.problems).toEqual([]);
  });

  test("stripes over volumes, as RAID0 has them", async () => {
    const image = (i: number) => volume(`lv_rimage_${i}`, [stripes(0, 2, [[`pv${i}`, i]])]);
    const { volume: found } = await group(
      image(0),
      image(1),
      lv(
        segment(
          0,
          4,
          "raid0",
          'stripe_count = 2\nstripe_size = 8\nraid0_lvs = ["lv_rimage_0", "lv_rimage_1"]',
        ),
      ),
    );
    const expected = concat(extents(0, 0, 1), extents(1, 1, 1), extents(0, 1, 1), extents(1, 2, 1));
    expect(await bytesOf(found("lv"))).toEqual(expected);
    expect(found("lv")).toMatchObject({ kind: "raid0", complete: true });
  });

  test("a segment of type zero reads as zeros, one of type error is a hole", async () => {
    const { volume } = await group(
      lv(stripes(0, 1, [["pv0", 0]]), segment(1, 1, "zero"), segment(2, 1, "error")),
    );
    const source = volume("lv").source;
    const first = await source?.read([{ offset: 0, length: 2 * EXTENT }]);
    expect(first).toEqual(concat(extents(0, 0, 1), new Uint8Array(EXTENT)));
    const rest = source?.read([{ offset: 3 * EXTENT - 1, length: 1 }]);
    await expect(rest).rejects.toMatchObject({
      kind: "hole",
      message: expect.stringMatching(/lv is of type error/),
    });
    expect(volume("lv")).toMatchObject({
      kind: "linear + zero + error",
      plain: false,
      complete: false,
      why: "a segment of lv is of type error",
    });
  });

  test("whatever lies where: the same bytes as looked up one sector at a time", async () => {
    for (let seed = 0; seed < 60; seed++) {
      const rng = seededRng(seed);
      const { text, at } = randomVolume(rng);
      const { volume, problems } = await group(text);
      expect(problems).toEqual([]);
      const all = await bytesOf(volume("lv"));
      for (let sector = 0; sector < all.length / SECTOR; sector++) {
        const bytes = all.subarray(sector * SECTOR, (sector + 1) * SECTOR);
        const { device, offset } = at(sector);
        const expected = contentOf(device, offset, SECTOR);
        if (!equal(bytes, expected)) throw new Error(`seed ${seed}: sector ${sector} differs`);
      }
      const ranges = Array.from({ length: 20 }, () => {
        const offset = rng.below(all.length);
        return { offset, length: rng.between(1, all.length - offset) };
      });
      const target = new Uint8Array(ranges.reduce((sum, { length }) => sum + length, 0));
      volume("lv").source?.readNow?.(ranges, target);
      const parts = ranges.map(({ offset, length }) => all.subarray(offset, offset + length));
      expect(equal(target, concat(...parts)), `seed ${seed}`).toBe(true);
    }
  });
});

const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** A volume of random segments, and where each of its sectors lies by the definition of a stripe. */
function randomVolume(rng: Rng) {
  const all: {
    start: number;
    stripe: number;
    areas: (readonly [string, number])[];
    extents: number;
  }[] = [];
  let start = 0;
  for (let i = rng.between(1, 5); i > 0; i--) {
    const names = rng.shuffle(["pv0", "pv1", "pv2"]).slice(0, rng.between(1, 3));
    const each = rng.between(1, 4);
    const areas = names.map((name) => [name, rng.below(36)] as const);
    const extents = each * areas.length;
    all.push({ start, stripe: rng.pick([1, 2, 4, 8]), areas, extents });
    start += extents;
  }
  const texts = all.map(({ start, stripe, areas, extents }) =>
    stripes(start, extents, areas, stripe),
  );
  const at = (sector: number) => {
    const extent = Math.floor(sector / 8);
    const here = all.find((one) => extent >= one.start && extent < one.start + one.extents);
    if (!here) throw new Error(`no segment holds sector ${sector}`);
    const within = sector - here.start * 8;
    const count = here.areas.length;
    const stripe = count === 1 ? here.extents * 8 : here.stripe;
    const number = Math.floor(within / stripe);
    const [name, first] = here.areas[number % count] ?? ["", 0];
    const inArea = Math.floor(number / count) * stripe + (within % stripe);
    return { device: Number(name.slice(2)), offset: START + first * EXTENT + inArea * SECTOR };
  };
  return { text: volume("lv", rng.shuffle(texts)), at };
}

describe("copies", () => {
  const image = (i: number, flags: string[] = []) =>
    volume(`lv_rimage_${i}`, [stripes(0, 2, [[`pv${i}`, i]])], { status: ["READ"], flags });
  const raid1 = lv(
    segment(
      0,
      2,
      "raid1",
      'device_count = 2\nraids = ["lv_rmeta_0", "lv_rimage_0", "lv_rmeta_1", "lv_rimage_1"]',
    ),
  );
  const mirror = (rest: string) =>
    lv(segment(0, 2, "mirror", `mirror_count = 2\n${rest}\nmirrors = ["pv0", 4, "pv1", 6]`));

  test("of a RAID1 the first leg is read, unless it is being rebuilt", async () => {
    const good = await group(image(0), image(1), raid1);
    expect(await bytesOf(good.volume("lv"))).toEqual(extents(0, 0, 2));
    expect(good.volume("lv")).toMatchObject({ complete: true, plain: false });
    expect(good.volume("lv").why).toContain("lv_rimage_0");
    const rebuilding = await group(image(0, ["REBUILD"]), image(1), raid1);
    expect(await bytesOf(rebuilding.volume("lv"))).toEqual(extents(1, 1, 2));
  });

  test("of a RAID1 a leg of type error is passed over", async () => {
    const lost = volume("lv_rimage_0", [segment(0, 2, "error")], { status: ["READ"] });
    const { volume: found } = await group(lost, image(1), raid1);
    expect(found("lv").complete).toBe(true);
    expect(await bytesOf(found("lv"))).toEqual(extents(1, 1, 2));
  });

  test("of a mirror the first leg is read", async () => {
    const { volume } = await group(mirror("region_size = 8"));
    expect(await bytesOf(volume("lv"))).toEqual(extents(0, 4, 2));
    expect(volume("lv")).toMatchObject({ kind: "mirror", plain: false });
  });

  test("what pvmove moves is read where it was until it has all been moved", async () => {
    const under = await group(mirror("extents_moved = 1"));
    expect(await bytesOf(under.volume("lv"))).toEqual(extents(0, 4, 2));
    const done = await group(mirror("extents_moved = 2"));
    expect(await bytesOf(done.volume("lv"))).toEqual(extents(1, 6, 2));
  });
});

describe("what cannot be put together is named, and is no problem", () => {
  test.each([
    ["thin", /thin pool/],
    ["thin-pool", /no disk of its own/],
    ["cache", /newer/],
    ["cache+METADATA_FORMAT", /newer/],
    ["writecache", /newer/],
    ["raid5_ls", /parity/],
    ["raid6_zr", /parity/],
    ["raid10", /copy/],
    ["integrity", /checksums/],
    ["vdo", /VDO/],
    ["of_later", /not read here/],
  ])("%s", async (type, why) => {
    const { volume, problems } = await group(lv(segment(0, 4, type)));
    const [word = ""] = type.split("+");
    expect(volume("lv")).toMatchObject({
      kind: word,
      source: null,
      complete: false,
      why: expect.stringMatching(why),
    });
    expect(volume("lv").bytes).toBe(4 * EXTENT);
    expect(volume("lv").why).toContain(`of type ${word}`);
    expect(problems).toEqual([]);
  });

  test("nor is what lies on such a volume", async () => {
    const below = volume("below", [segment(0, 4, "thin")]);
    const { volume: found, problems } = await group(below, lv(stripes(0, 4, [["below", 0]])));
    expect(found("lv")).toMatchObject({
      source: null,
      why: expect.stringMatching(/^it lies on below: it is of type thin/),
    });
    expect(problems).toEqual([]);
  });
});

describe("locate", () => {
  test("tells where the bytes lie, in order, and joins what follows", async () => {
    const { volume } = await group(
      lv(
        stripes(0, 2, [["pv0", 4]]),
        stripes(2, 2, [["pv0", 6]]),
        stripes(
          4,
          2,
          [
            ["pv1", 0],
            ["pv0", 0],
          ],
          8,
        ),
        segment(6, 1, "zero"),
      ),
    );
    const [pv0, pv1] = [0, 1];
    expect(await extentsOf(volume("lv"))).toEqual([
      { from: "child", child: pv0, offset: START + 4 * EXTENT, length: 4 * EXTENT },
      { from: "child", child: pv1, offset: START, length: EXTENT },
      { from: "child", child: pv0, offset: START, length: EXTENT },
      { from: "zeros", length: EXTENT },
    ]);
  });
});
