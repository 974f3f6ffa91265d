import { describe, expect, it } from "vitest";
import type { Finding, Severity } from "../protocol/finding.ts";
import type { ChunkBytes, StoreLayout } from "../protocol/store-service.ts";
import { areaMap, entryParts, headerMap } from "./field-map.ts";
import { littleEndian } from "./little-endian.ts";
import { Marks } from "./marks.ts";
import { unexplainedRuns } from "./unexplained.ts";

/** Not the kernel's layout: what is drawn must follow the layout that the core gives. */
const layout: StoreLayout = {
  headerFields: [
    { name: "a", offset: 0, length: 2 },
    { name: "b", offset: 2, length: 6 },
  ],
  exceptionFields: [
    { name: "from", offset: 0, length: 8 },
    { name: "to", offset: 8, length: 8 },
  ],
  exceptionBytes: 16,
  chunkBytes: 256,
  exceptionsPerArea: 16,
};

const BASE = 0x1000;
const chunk = (bytes: Record<number, number> = {}, length = 256): ChunkBytes => {
  const content = new Uint8Array(length);
  for (const [at, value] of Object.entries(bytes)) content[Number(at)] = value;
  return { chunk: 16n, offset: BigInt(BASE), bytes: content, cut: "no" };
};

const finding = (severity: Severity, offset: number, length: number): Finding => ({
  code: "header.magic.wrong",
  severity,
  message: "",
  where: { chunk: "16", area: null, index: null, offset: String(offset), length },
  expected: "",
  found: "",
});

describe("the fields of a chunk", () => {
  it("are the header's where the layout has them", () => {
    const map = headerMap(chunk(), layout);
    expect(map.explained).toEqual({ start: BASE, end: BASE + 8 });
    expect(map.at(BASE + 1)?.name).toBe("a");
    expect(map.at(BASE + 2)?.name).toBe("b");
    expect(map.at(BASE + 8)).toBeNull();
  });

  it("are the area's entries as far as the reader looked", () => {
    const map = areaMap(chunk(), layout, 3);
    expect(map.at(BASE + 2 * 16 + 9)).toMatchObject({ name: "to", entry: 2 });
    expect(map.at(BASE + 3 * 16)).toBeNull();
  });

  it("tint neighbouring entries differently", () => {
    const tints = [0, 1, 2].flatMap((entry) =>
      entryParts(chunk(), layout, entry).map(({ tint }) => tint),
    );
    expect(tints).toEqual([0, 1, 2, 3, 0, 1]);
  });

  it("are read as little-endian numbers, or not at all where the image ends", () => {
    const bytes = chunk({ 0: 0x34, 1: 0x12, 7: 0x80 });
    expect(littleEndian(bytes, { start: BASE, end: BASE + 2 })).toBe(0x1234n);
    expect(littleEndian(bytes, { start: BASE, end: BASE + 8 })).toBe(0x8000_0000_0000_1234n);
    expect(littleEndian(chunk({}, 6), { start: BASE, end: BASE + 8 })).toBeNull();
  });
});

describe("unexplained bytes", () => {
  it("are those behind the fields that are not zero, near ones as one run", () => {
    const runs = unexplainedRuns(chunk({ 3: 9, 20: 1, 25: 1, 90: 1 }), {
      start: BASE,
      end: BASE + 16,
    });
    expect(runs).toEqual([
      { start: BASE + 20, end: BASE + 26 },
      { start: BASE + 90, end: BASE + 91 },
    ]);
  });
});

describe("marks", () => {
  it("take the worst finding of a byte, and count findings and not bytes", () => {
    const marks = new Marks(chunk(), [
      finding("note", BASE, 8),
      finding("fatal", BASE + 4, 2),
      finding("problem", BASE + 400, 4),
    ]);
    expect(marks.at(BASE)).toBe("odd");
    expect(marks.at(BASE + 4)).toBe("wrong");
    expect(marks.at(BASE + 8)).toBeNull();
    expect(marks.counts).toEqual({ wrong: 1, odd: 1 });
  });

  it("stop at the chunk's ends", () => {
    const marks = new Marks(chunk(), [finding("fatal", BASE - 10, 1_000_000)]);
    expect(marks.at(BASE)).toBe("wrong");
    expect(marks.at(BASE + 255)).toBe("wrong");
    expect(marks.at(BASE + 256)).toBeNull();
  });
});
