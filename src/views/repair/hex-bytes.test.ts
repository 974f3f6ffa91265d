import { expect, test } from "vitest";
import { hexLines, MOST_SHOWN, patchesOf } from "./hex-bytes.ts";

test("lines of eight bytes, each told apart from what stands on the other side", () => {
  const [first, second, ...rest] = hexLines("4096", "0102030405060708ff", "0102030405060700ff");
  expect(rest).toEqual([]);
  expect(first?.offset).toBe(4096);
  expect(first?.bytes.map(({ hex }) => hex).join("")).toBe("0102030405060708");
  expect(first?.bytes.filter(({ differs }) => differs)).toEqual([
    { offset: 4103, hex: "08", differs: true },
  ]);
  expect(second).toEqual({ offset: 4104, bytes: [{ offset: 4104, hex: "ff", differs: false }] });
});

test("of a long patch no more than is shown", () => {
  const bytes = "00".repeat(MOST_SHOWN * 3);
  const shown = hexLines("0", bytes, bytes).flatMap((line) => line.bytes);
  expect(shown).toHaveLength(MOST_SHOWN);
});

test("patches as bytes", () => {
  expect(patchesOf([{ offset: "16", before: "00ff", after: "536e", onDisks: null }])).toEqual([
    { offset: 16, before: Uint8Array.of(0, 255), bytes: Uint8Array.of(0x53, 0x6e) },
  ]);
});
