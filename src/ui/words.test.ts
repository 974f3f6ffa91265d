import { describe, expect, it } from "vitest";
import { piecesOf } from "../protocol/rich-text.ts";
import { byteSize, counted, grouped, offsetWidth } from "./format.ts";

describe("numbers in words", () => {
  it.each([
    [0, "0 B"],
    [28 * 1024, "28 KiB"],
    [1536, "1.5 KiB"],
    [20 * 2 ** 30, "20 GiB"],
  ])("%i bytes", (bytes, words) => expect(byteSize(bytes)).toBe(words));

  it("are grouped whatever their length", () => {
    expect(grouped("18446744073709551615")).toBe("18,446,744,073,709,551,615");
    expect(counted(1, "area")).toBe("1 area");
    expect(counted(2n, "area")).toBe("2 areas");
  });

  it("offsets are as long as the device needs", () => {
    expect(offsetWidth(0)).toBe(8);
    expect(offsetWidth(2 ** 32)).toBe(8);
    expect(offsetWidth(2 ** 32 + 1)).toBe(9);
  });
});

describe("explanations", () => {
  it("have named causes and code", () => {
    const text = "The **header race** did it: `lvremove vg/snap`, or look for `dm-snapshot`.";
    expect(piecesOf(text).map(({ kind, text: words }) => [kind, words])).toEqual([
      ["words", "The "],
      ["cause", "header race"],
      ["words", " did it: "],
      ["code", "lvremove vg/snap"],
      ["words", ", or look for "],
      ["code", "dm-snapshot"],
      ["words", "."],
    ]);
  });

  it("leave unpaired marks alone", () => {
    expect(piecesOf("2 ** 3 and a ` tick").map(({ kind }) => kind)).toEqual(["words"]);
  });
});
