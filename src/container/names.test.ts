import { describe, expect, test } from "vitest";
import { namesEndingWith, uniqueNames } from "./names.ts";

describe("names", () => {
  test("are as short as they can be told apart", () => {
    const lists = [
      ["a.img", "vg/snap"],
      ["a.img", "hostvg/guest", "partition 1", "guestvg/snap"],
      ["b.img", "hostvg/other", "partition 1", "guestvg/snap"],
      ["b.img", "partition 2"],
    ];
    expect(uniqueNames(lists)).toEqual([
      "vg/snap",
      "hostvg/guest:partition 1:guestvg/snap",
      "hostvg/other:partition 1:guestvg/snap",
      "partition 2",
    ]);
  });

  test("never are the same, not even of things that are", () => {
    const lists = [["a.img"], ["a.img"], ["b", "a.img"], ["c", "b", "a.img"]];
    const names = uniqueNames(lists);
    expect(new Set(names).size).toBe(4);
    expect(names.slice(0, 2)).toEqual(["a.img", "a.img (2)"]);
  });

  test("are picked by any ending that only one has", () => {
    const layers = [
      ["a.img", "hostvg/guest", "partition 1", "guestvg/snap"],
      ["b.img", "hostvg/other", "partition 1", "guestvg/snap"],
      ["b.img", "vg/root"],
    ];
    const all = uniqueNames(layers).map((name, i) => ({ name, layers: layers[i] ?? [] }));
    const picked = (asked: string) => namesEndingWith(all, asked).map(({ name }) => name);
    expect(picked("vg/root")).toEqual(["vg/root"]);
    expect(picked("root")).toEqual(["vg/root"]);
    expect(picked("b.img:vg/root")).toEqual(["vg/root"]);
    expect(picked("a.img:hostvg/guest:partition 1:guestvg/snap")).toHaveLength(1);
    expect(picked("guestvg/snap")).toHaveLength(2);
    expect(picked("oot")).toEqual([]);
    expect(picked("")).toEqual([]);
  });
});
