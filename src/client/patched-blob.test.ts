import { expect, test } from "vitest";
import { patchedBlob } from "./patched-blob.ts";

const image = new Blob([Uint8Array.from({ length: 12 }, (_, at) => at)]);
const patched = async (...patches: [number, number[]][]) => {
  const blob = patchedBlob(
    image,
    patches.map(([offset, bytes]) => ({ offset, bytes: Uint8Array.from(bytes) })),
  );
  return [...new Uint8Array(await blob.arrayBuffer())];
};

test("patches take the place of the image's bytes, in whatever order they come", async () => {
  expect(await patched([8, [90, 91]], [0, [80]])).toEqual([
    80, 1, 2, 3, 4, 5, 6, 7, 90, 91, 10, 11,
  ]);
});

test("a patch behind the image's end is left out", async () => {
  expect(await patched([10, [1, 2, 3]], [10, [7, 7]])).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 7, 7,
  ]);
});
