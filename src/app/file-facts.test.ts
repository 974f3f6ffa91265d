import { describe, expect, it } from "vitest";
import type { Report } from "../protocol/report.ts";
import { whatWasChecked } from "./file-facts.ts";

/** A report of an image of `kib` KiB, with the parts that the line speaks of. */
const report = (kib: number, areas: number, sectors: number, id = "damaged") =>
  ({
    image: { name: "a.img", bytes: String(kib * 1024), sectors: String(kib * 2) },
    verdict: { id },
    areas: { read: areas, full: 0, exceptionsPerArea: sectors * 32 },
    chunkSize: { sectors, from: "inferred", ranking: [] },
  }) as unknown as Report;

describe("what was checked", () => {
  it("is header and areas, each once", () => {
    expect(whatWasChecked(report(28, 1, 8))).toBe("checked 8 KiB: header and 1 area");
    expect(whatWasChecked(report(2048, 3, 16))).toBe("checked 32 KiB: header and 3 areas");
  });

  it("is never more than there is", () => {
    expect(whatWasChecked(report(6, 1, 8))).toBe("checked 6 KiB: header and 1 area");
  });

  it("says so where there is a header alone, or no store", () => {
    expect(whatWasChecked(report(512, 0, 8))).toBe("checked 4 KiB: the header");
    expect(whatWasChecked(report(512, 0, 8, "not-a-store"))).toBe("no COW store");
  });
});
