import { expect, test } from "vitest";
import type { RescueReport } from "../protocol/rescue.ts";
import { rescuedBlob } from "./rescued-blob.ts";

const report = (bytes: number): RescueReport => ({
  schema: "cowscope.rescue/1",
  image: { name: "cow", bytes: "8" },
  risk: "",
  invalidated: "flag",
  chunkBytes: 2,
  origin: { bytes: String(bytes), from: "given" },
  chunks: { known: "2", doubtful: "1", lost: "0" },
  ranges: [
    { offset: "1", bytes: "2", is: "known", storeOffset: "6" },
    { offset: "4", bytes: "2", is: "doubtful", storeOffset: null },
    { offset: String((1 << 21) + 3), bytes: "2", is: "known", storeOffset: "2" },
  ],
  unlisted: "0",
});

test("what is known stands in its place, zeros everywhere else", async () => {
  const store = new Blob([new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])]);
  const size = (1 << 21) + 9;
  const expected = new Uint8Array(size);
  expected.set([7, 8], 1);
  expected.set([3, 4], (1 << 21) + 3);
  const blob = rescuedBlob(store, report(size));
  const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
  expect(Buffer.from(bytes).equals(expected)).toBe(true);
});

test("an image too long to be saved by a browser is none", () => {
  expect(rescuedBlob(new Blob([]), report(2 ** 40))).toBeNull();
});
