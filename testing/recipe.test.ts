import { expect, test } from "vitest";
import { applyRecipe, type Op, toHex } from "./recipe.ts";

const image = () => Uint8Array.from({ length: 512 }, (_, index) => index % 7);
const apply = (...recipe: Op[]) => applyRecipe(image(), recipe);

test("the image itself stays as it is", () => {
  const before = image();
  applyRecipe(before, [{ op: "zero", off: 0, len: 512 }]);
  expect(before).toEqual(image());
});

test("write, zero and copy act in order", () => {
  const bytes = apply(
    { op: "write", off: 0, hex: "aabbcc" },
    { op: "copy", src: 0, dst: 8, len: 3 },
    { op: "zero", off: 1, len: 1 },
  );
  expect(toHex(bytes.subarray(0, 11))).toBe("aa00cc0304050600aabbcc");
});

test("what lies beyond the end is lost", () => {
  expect(apply({ op: "write", off: 510, hex: "010203" })).toHaveLength(512);
  expect(apply({ op: "write", off: 600, hex: "01" })).toEqual(image());
});

test("the device can shrink and grow", () => {
  expect(apply({ op: "truncate", sectors: 0 })).toHaveLength(0);
  const grown = apply({ op: "extend_with_zeros", sectors: 2 });
  expect(grown).toHaveLength(1024);
  expect(grown.subarray(512).every((byte) => byte === 0)).toBe(true);
});
