import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Rng, seededRng } from "../../../testing/random.ts";
import {
  isSection,
  parseConfigText,
  type Scalar,
  type Section,
  type Value,
} from "./config-text.ts";

type Plain = { [key: string]: Value | Plain };

function plain(section: Section): Plain {
  const entries = [...section.entries].map(([key, entry]) => [
    key,
    isSection(entry) ? plain(entry) : entry,
  ]);
  return Object.fromEntries(entries);
}

const read = (text: string) => plain(parseConfigText(text));

describe("LVM's text format", () => {
  test("values, lists and sections", () => {
    expect(read('a = 1\nb = "two"\nc = [1, "two"]\nd { e = 3 f { g = [] } }')).toEqual({
      a: 1n,
      b: "two",
      c: [1n, "two"],
      d: { e: 3n, f: { g: [] } },
    });
  });

  test("a comment ends with its line, and does not begin in a string", () => {
    expect(read('# a = 1\nb = "x # y" # c = 2\nd = 3#e\nf{#}\n}')).toEqual({
      b: "x # y",
      d: 3n,
      f: {},
    });
  });

  test('\\" and \\\\ in a string are what they stand for', () => {
    expect(read(String.raw`a = "say \"no\" to \\ and { # ]"`)).toEqual({
      a: String.raw`say "no" to \ and { # ]`,
    });
    expect(read(String.raw`a = 'no \ in "here"'`)).toEqual({ a: String.raw`no \ in "here"` });
  });

  test("a list may go over lines, with comments between", () => {
    expect(read('stripes = [\n\t"pv0", 0, # the first\n\t"pv1", 12\n]')).toEqual({
      stripes: ["pv0", 0n, "pv1", 12n],
    });
    expect(read("a = [1, 2,]")).toEqual({ a: [1n, 2n] });
  });

  test("integers have 64 bits", () => {
    expect(read("a = 18446744073709551615\nb = 9007199254740993\nc = -1 d = +7")).toEqual({
      a: (1n << 64n) - 1n,
      b: 9007199254740993n,
      c: -1n,
      d: 7n,
    });
    expect(() => read("a = 18446744073709551616")).toThrow(/line 1 is too large/);
    expect(() => read(`a = ${"9".repeat(1 << 20)}`)).toThrow(/line 1 is too large/);
  });

  test("names as LVM allows them", () => {
    expect(read("0--x { s-1.x_y+z = 1 } 2nd.lv = 0.5")).toEqual({
      "0--x": { "s-1.x_y+z": 1n },
      "2nd.lv": 0.5,
    });
    expect(read("__proto__ = 1\nconstructor { a = 2 }").constructor).toEqual({ a: 2n });
  });

  test("a NUL ends the text", () => {
    expect(read('a = 1\n\0b = "')).toEqual({ a: 1n });
  });

  test("keys that nobody knows are kept", () => {
    expect(read("later { new_key = [1] }")).toEqual({ later: { new_key: [1n] } });
  });

  test.each([
    ["a { b = 1", /section a has no end/],
    ["a = 1 }", /there is } where a key/],
    ['a = "x', /begins in line 1 has no end/],
    ['\na = "x\\', /begins in line 2 has no end/],
    ["a", /it ends where = or { after a/],
    ["a =", /it ends where a value/],
    ["a = [1 2]", /there is 2 where , or ]/],
    ["a = [1, [2]]", /there is \[ where a value/],
    ["a = [1,", /it ends where a value/],
    ["= 1", /there is = where a key/],
    ["a = 1\na = 2", /line 2 says a a second time/],
    ["a {}\n\na = 2", /line 3 says a a second time/],
  ])("%j is none", (text, why) => {
    expect(() => parseConfigText(text)).toThrow(why);
  });

  test("what LVM wrote", () => {
    const file = new URL("../../../fixtures/lvm/lvm-a/vgcfg.txt", import.meta.url);
    const { vga, creation_host } = read(readFileSync(file, "utf8"));
    expect(creation_host).toBe("(none)");
    expect(vga).toMatchObject({
      seqno: 14n,
      extent_size: 512n,
      physical_volumes: { pv0: { pe_start: 2048n, pe_count: 156n } },
      logical_volumes: { filler1: { segment1: { stripes: ["pv0", 48n] } } },
    });
  });

  test("whatever is written is read again, however it is spaced", () => {
    for (let seed = 0; seed < 300; seed++) {
      const rng = seededRng(seed);
      const tree = randomTree(rng, 3);
      expect(read(written(tree, rng)), `seed ${seed}`).toEqual(tree);
    }
  });
});

const SNIPPETS = ["", "a", "#", '"', "\\", "{", "}", "]", ",", "=", "\n", "ü", "pv0"];

function randomScalar(rng: Rng): Scalar {
  if (rng.chance(0.5)) return rng.u64();
  return Array.from({ length: rng.below(5) }, () => rng.pick(SNIPPETS)).join("");
}

function randomTree(rng: Rng, depth: number): Plain {
  const tree: Plain = {};
  for (let i = 0; i < rng.below(6); i++) {
    const kind = rng.below(depth > 0 ? 3 : 2);
    const list = () => Array.from({ length: rng.below(4) }, () => randomScalar(rng));
    tree[`k${i}`] =
      kind === 0 ? randomScalar(rng) : kind === 1 ? list() : randomTree(rng, depth - 1);
  }
  return tree;
}

function written(tree: Plain, rng: Rng): string {
  const gap = () => rng.pick([" ", "\n", "\t\t", ' # } " ]\n', "\n#\n"]);
  const scalar = (value: Scalar) =>
    typeof value === "string" ? `"${value.replaceAll(/["\\]/g, "\\$&")}"` : `${value}`;
  const entries = Object.entries(tree).map(([key, entry]) => {
    if (typeof entry !== "object") return `${key}${gap()}=${gap()}${scalar(entry)}`;
    if (!Array.isArray(entry)) return `${key}${gap()}{${gap()}${written(entry as Plain, rng)}}`;
    return `${key}=[${gap()}${entry.map(scalar).join(`${gap()},${gap()}`)}${gap()}]`;
  });
  return entries.map((entry) => entry + gap()).join("");
}
