import { describe, expect, test } from "vitest";
import { readGroup } from "../../../testing/lvm2-group.ts";
import { segment, stripes, volume } from "../../../testing/lvm2-text.ts";

const DEVICES = ["pv0", "pv1"].map((name) => ({ name, peStart: 256, peCount: 10 }));

const good = volume("good", [stripes(0, 1, [["pv0", 0]])]);

/** What is said of the volume `lv`; `good` beside it must be read all the same. */
async function refusal(...volumes: string[]) {
  const { volume: found, problems } = await readGroup({
    devices: DEVICES,
    volumes: [...volumes, good],
  });
  expect(found("good")).toMatchObject({ complete: true, why: null });
  expect(found("lv")).toMatchObject({ source: null, complete: false });
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["lvm.volume"]));
  expect(problems.find(({ where }) => where === "vg/lv")?.found).toBe(found("lv").why);
  return found("lv").why;
}

const one = (text: string) => refusal(volume("lv", [text]));

const list = (count: string, rest: string) =>
  segment(0, 2, "striped", `stripe_count = ${count}\n${rest}`);

describe("what a volume cannot be is said, and the others are read", () => {
  test.each([
    [
      "a gap at its beginning",
      [stripes(1, 1, [["pv0", 0]])],
      "no segment holds its extents 0 to 0",
    ],
    [
      "a gap",
      [stripes(0, 1, [["pv0", 0]]), stripes(3, 1, [["pv0", 1]])],
      "no segment holds its extents 1 to 2",
    ],
    [
      "an overlap",
      [stripes(0, 2, [["pv0", 0]]), stripes(1, 2, [["pv0", 4]])],
      "two segments hold its extent 1",
    ],
    [
      "the same segment twice",
      [stripes(0, 2, [["pv0", 0]]), stripes(0, 2, [["pv0", 0]])],
      "two segments hold its extent 0",
    ],
  ])("%s", async (_, segments, why) => {
    expect(await refusal(volume("lv", segments))).toBe(why);
  });

  test("segments that are not as many as they should be", async () => {
    const lv = volume("lv", [stripes(0, 1, [["pv0", 0]])], { count: 2 });
    expect(await refusal(lv)).toBe("it has 1 segments, and should have 2");
  });

  test.each([
    [
      "stripes of size 0",
      stripes(
        0,
        2,
        [
          ["pv0", 0],
          ["pv1", 0],
        ],
        0,
      ),
      "stripes of 0 bytes",
    ],
    [
      "stripes that do not fit",
      stripes(
        0,
        2,
        [
          ["pv0", 0],
          ["pv1", 0],
        ],
        7,
      ),
      "stripes of 3584 bytes",
    ],
    [
      "more stripes than extents",
      stripes(0, 1, [
        ["pv0", 0],
        ["pv1", 0],
      ]),
      "cut into 2 stripes",
    ],
    ["no stripes", list("0", "stripes = []"), "should have 0 stripes"],
    ["2^31 stripes", list("2147483648", 'stripes = ["pv0", 0]'), "should have 2147483648 stripes"],
    [
      "2^63 stripes",
      list("9223372036854775808", 'stripes = ["pv0", 0]'),
      "should have some stripes",
    ],
    ["a list of one", list("1", 'stripes = ["pv0"]'), "should have 1 stripes"],
    ["no list", list("1", ""), "should have 1 stripes"],
    ["numbers for names", list("1", "stripes = [0, 0]"), "not names with extents"],
    ["names for numbers", list("1", 'stripes = ["pv0", "pv1"]'), "not names with extents"],
    ["an extent before the first", list("1", 'stripes = ["pv0", -1]'), "not names with extents"],
    ["extent 2^32", list("1", 'stripes = ["pv0", 4294967296]'), "not names with extents"],
    ["a device that is not there", stripes(0, 1, [["pv7", 0]]), "pv7, which is not in the group"],
    ["the end of a device", stripes(0, 2, [["pv0", 9]]), "extent 10 of pv0, which has 10"],
    ["the end of a volume", stripes(0, 2, [["good", 0]]), "behind the end of good"],
    ["no extents", segment(0, 0, "striped"), "no start_extent or extent_count"],
    ["itself", stripes(0, 1, [["lv", 0]]), "it lies on lv: volumes lie on each other in a circle"],
    ["a mirror without legs", segment(0, 1, "mirror"), "some mirrors"],
    ["RAID1 without legs", segment(0, 1, "raid1", "device_count = 2\nraids = []"), "2 images"],
    [
      "a move to nowhere",
      segment(0, 1, "mirror", 'mirror_count = 1\nextents_moved = 1\nmirrors = ["pv0", 0]'),
      "moved to nowhere",
    ],
  ])("%s", async (_, text, why) => {
    expect(await one(text)).toContain(why);
  });

  test("2^63 extents", async () => {
    const text = 'start_extent = 0\nextent_count = 9223372036854775808\ntype = "zero"';
    expect(await one(text)).toBe("its segment1 has no start_extent or extent_count");
  });

  test("more extents than LVM counts, in two segments", async () => {
    const most = 0xffffffff;
    const segments = [segment(0, most, "zero"), segment(most, most, "zero")];
    expect(await refusal(volume("lv", segments))).toContain("more than LVM can count");
  });

  test("volumes that lie on each other in a circle", async () => {
    const on = (name: string, below: string) => volume(name, [stripes(0, 1, [[below, 0]])]);
    const why = await refusal(on("lv", "b"), on("b", "c"), on("c", "lv"));
    expect(why).toBe("it lies on b: volumes lie on each other in a circle");
  });

  test("volumes upon volumes, deeper than anybody stacks them", async () => {
    const deep = Array.from({ length: 2000 }, (_, i) =>
      volume(`v${i}`, [stripes(0, 1, [[i === 0 ? "pv0" : `v${i - 1}`, 0]])]),
    );
    const lv = volume("lv", [stripes(0, 1, [["v1999", 0]])]);
    for (const volumes of [
      [...deep, lv],
      [lv, ...deep.toReversed()],
    ]) {
      const { volume: found } = await readGroup({
        devices: [{ name: "pv0", peStart: 4096, peCount: 1 }],
        volumes,
      });
      expect(found("lv").why).toContain("more than 16 deep");
      expect(found("v3").complete).toBe(true);
    }
  });

  test("as deep as LVM stacks them is read", async () => {
    const deep = Array.from({ length: 16 }, (_, i) =>
      volume(`v${i}`, [stripes(0, 1, [[i === 0 ? "pv0" : `v${i - 1}`, 0]])]),
    );
    const { volume: found, problems } = await readGroup({ devices: DEVICES, volumes: deep });
    expect(found("v15").complete).toBe(true);
    expect(problems).toEqual([]);
  });
});
