import { expect, test } from "vitest";
import { readHeaderBytes, writeHeaderBytes } from "./header-bytes.ts";

const TORN = "53 6e 41 70 00 00 00 00 02 00 00 00 00 00 00 00";

test("16 bytes are read as they lie on the disk, and written so", () => {
  expect(readHeaderBytes(TORN)).toEqual([0x70416e53, 0, 2, 0]);
  expect(readHeaderBytes(TORN.replaceAll(" ", ""))).toEqual([0x70416e53, 0, 2, 0]);
  expect(writeHeaderBytes([0x70416e53, 0, 2, 0xffff_ffff])).toBe(
    "53 6e 41 70 00 00 00 00 02 00 00 00 ff ff ff ff",
  );
});

test("anything but 16 bytes is not read", () => {
  for (const text of ["", "53", `${TORN} 00`, TORN.replace("6e", "xx")]) {
    expect(readHeaderBytes(text)).toBeNull();
  }
});
