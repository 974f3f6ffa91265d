import { describe, expect, test } from "vitest";
import { type ReadAt, sizeByReading } from "./device-size.ts";

/** A device as Linux reads it: bytes inside, 0 behind the end, EIO on its bad sectors. */
function device(size: number, badSectors: readonly number[] = []): ReadAt {
  return (offset) => {
    if (badSectors.includes(Math.floor(offset / 512))) throw new Error("EIO: i/o error, read");
    return offset < size ? 1 : 0;
  };
}

describe("the end of a block device", () => {
  test.each([0, 1, 511, 512, 513, 4096, 5 * 512, 20 * 2 ** 30, 2 ** 44 + 512])(
    "%i bytes",
    (size) => {
      expect(sizeByReading(device(size))).toBe(size);
    },
  );

  test.each([0, 1, 2, 8, 1023, 1024, 1500, 2046])("is not at a bad sector: %i of 2047", (bad) => {
    expect(sizeByReading(device(2047 * 512, [bad]))).toBe(2047 * 512);
  });

  test("is found among many bad sectors", () => {
    const bad = Array.from({ length: 2000 }, (_, sector) => sector);
    expect(sizeByReading(device(2048 * 512, bad))).toBe(2048 * 512);
  });

  test("that never comes is said", () => {
    expect(() => sizeByReading(() => 1)).toThrow("it has no end");
    expect(() =>
      sizeByReading(() => {
        throw new Error("EIO");
      }),
    ).toThrow("it has no end");
  });
});
