import { describe, expect, test } from "vitest";
import { buildPv } from "../../../testing/lvm2-builder.ts";
import { extentsOf } from "../../../testing/lvm2-group.ts";
import { groupText, segment, stripes, uuid, volume } from "../../../testing/lvm2-text.ts";
import type { BlockSource, Range } from "../../source/block-source.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { assembleGroups, readPhysicalVolume } from "./lvm2.ts";

/**
 * Descriptions made to hurt, as long as a text may be: each is settled at once, or refused. Measured
 * one by one: at most 1.7 s of the processor and 250 MB on top of what Node takes.
 */
const TEXT_BYTES = 16 << 20;

/** `piece(0)`, `piece(1)` … until the text is as long as one may be. */
function filled(piece: (i: number) => string, before = ""): string {
  const parts = [before];
  for (let length = before.length, i = 0; length < TEXT_BYTES - 4096; i++) {
    const part = piece(i);
    parts.push(part);
    length += part.length;
  }
  return parts.join("");
}

function assemble(...texts: string[]) {
  const pv = { where: "disk", used: true, ignoredAreas: 0, problems: [] };
  const source = new BytesSource(new Uint8Array(2 << 20));
  return assembleGroups([{ ...pv, source, uuid: uuid("pv0"), texts }]);
}

const withVolumes = (volumes: string[], extentSize = 1) =>
  groupText({ extentSize, devices: [{ name: "pv0", peStart: 256, peCount: 64 }], volumes });

describe("a text as long as one may be", () => {
  test.each([
    ["sections in sections", filled(() => "a{"), "sections go 16 deep"],
    ["sections beside each other", filled((i) => `a${i}{}`), "65536 sections"],
    ["keys", filled((i) => `a${i}=1 `), "524288 values"],
    ["one list", filled(() => "1,", "a=["), "524288 values"],
    ["one string", `a="${"\\\\".repeat(TEXT_BYTES / 2 - 8)}`, "is too long"],
    ["one word", "a".repeat(TEXT_BYTES), "it ends where = or {"],
    ["one number", `a=${"9".repeat(TEXT_BYTES - 8)}`, "is too large"],
    ["comments", filled(() => "#{\n"), "no section for a volume group"],
    ["closing brackets", filled(() => "}"), "there is } where a key"],
    [
      "escapes for a terminal",
      `"\u001b[31m${"x".repeat(1000)}" = 1`,
      "a key that is none: ?[31mxxx",
    ],
  ])("of %s is refused", (_, text, why) => {
    const { groups, problems } = assemble(text);
    expect(groups).toEqual([]);
    expect(problems).toMatchObject([{ code: "lvm.metadata-text" }, { code: "lvm.no-metadata" }]);
    expect(problems[0]?.found).toContain(why);
    expect(problems[0]?.message.length).toBeLessThan(400);
  });
});

describe("volumes upon volumes", () => {
  test("each twice the one below it", async () => {
    const twice = (i: number) => [[`v${i - 1}`, 0]] as const;
    const volumes = Array.from({ length: 16 }, (_, i) => {
      const extents = 2 ** (i - 1);
      if (i === 0) return volume("v0", [stripes(0, 1, [["pv0", 0]])]);
      return volume(`v${i}`, [stripes(0, extents, twice(i)), stripes(extents, extents, twice(i))]);
    });
    const { groups, problems } = assemble(withVolumes(volumes));
    expect(problems).toEqual([]);
    const top = groups[0]?.volumes.find(({ name }) => name === "v15");
    expect(top).toMatchObject({ bytes: 2 ** 15 * 512, complete: true });
    expect(top && (await extentsOf(top))).toHaveLength(2 ** 15);
  });

  test("ten thousand on one of ten thousand places", () => {
    const place = ["pv0", 0] as const;
    const wide = volume("wide", [stripes(0, 10_000, Array(10_000).fill(place))]);
    const above = Array.from({ length: 10_000 }, (_, i) =>
      volume(`v${i}`, [stripes(0, 1, [["wide", i]])]),
    );
    const { groups, problems } = assemble(withVolumes([...above, wide]));
    expect(problems).toEqual([]);
    expect(groups[0]?.volumes.every(({ complete }) => complete)).toBe(true);
  });

  test("ten thousand in one circle", () => {
    const circle = Array.from({ length: 10_000 }, (_, i) =>
      volume(`v${i}`, [stripes(0, 1, [[`v${(i + 1) % 10_000}`, 0]])]),
    );
    const { groups, problems } = assemble(withVolumes(circle));
    expect(problems).toHaveLength(10_000);
    expect(groups[0]?.volumes.every(({ source }) => source === null)).toBe(true);
  });

  test("ten thousand that all lie on a thousand missing disks", () => {
    const names = Array.from({ length: 1000 }, (_, i) => `gone${i}`);
    const devices = names.map((name) => ({ name, peStart: 256, peCount: 64 }));
    const base = volume("base", [
      stripes(
        0,
        1000,
        names.map((name) => [name, 0] as const),
      ),
    ]);
    const above = Array.from({ length: 10_000 }, (_, i) =>
      volume(`v${i}`, [stripes(0, 1, [["base", 0]])]),
    );
    const text = groupText({ extentSize: 1, devices, volumes: [base, ...above] });
    const { groups } = assemble(text);
    expect(groups[0]?.missing).toHaveLength(1000);
    const one = groups[0]?.volumes.find(({ name }) => name === "v7");
    expect(one).toMatchObject({ complete: false });
    expect(one?.missing).toHaveLength(100);
    expect(one?.why).toMatch(
      /^parts of it lie on 100 missing disks, gone0 \(uuid .*\) among them$/,
    );
  });
});

describe("numbers that no disk has", () => {
  test.each([
    ["4 billion extents of nothing", segment(0, 0xffffffff, "zero"), 1, 0xffffffff * 512],
    ["extents of 2 TiB", segment(0, 2, "zero"), 0xffffffff, 2 * 0xffffffff * 512],
  ])("%s are no more work than one", async (_, text, extentSize, bytes) => {
    const { groups } = assemble(withVolumes([volume("lv", [text])], extentSize));
    const lv = groups[0]?.volumes[0];
    expect(lv?.bytes).toBe(bytes);
    const last = await lv?.source?.read([{ offset: bytes - 3, length: 3 }]);
    expect(last).toEqual(new Uint8Array(3));
    expect(lv && (await extentsOf(lv))).toHaveLength(1);
  });

  test("more bytes than can be counted", () => {
    const lv = volume("lv", [segment(0, 0xffffffff, "zero")]);
    const { groups, problems } = assemble(withVolumes([lv], 0xffffffff));
    expect(groups[0]?.volumes[0]).toMatchObject({ source: null, bytes: 0 });
    expect(problems).toMatchObject([
      { code: "lvm.pv-short" },
      { found: "it is larger than any disk" },
    ]);
  });
});

/** A device far larger than what is in it. */
class Sparse implements BlockSource {
  readonly counters = { bytes: 0, calls: 0 };

  constructor(
    readonly size: number,
    private readonly head: Uint8Array,
  ) {}

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    const parts = ranges.map(({ offset, length }) => {
      const bytes = new Uint8Array(length);
      bytes.set(this.head.subarray(offset, offset + length));
      this.counters.bytes += length;
      return bytes;
    });
    return new Uint8Array(Buffer.concat(parts));
  }
}

test("a text of 4 GiB, in an area that has room for it, is not read", async () => {
  const mda = { at: 4096, bytes: 8 * 2 ** 30, text: "a", slot: { size: 2n ** 32n } };
  const head = buildPv({ bytes: 1 << 20, uuid: uuid("pv0"), mdas: [mda] });
  const source = new Sparse(2 ** 40, head);
  const pv = await readPhysicalVolume(source, "disk");
  expect(pv?.problems).toMatchObject([{ code: "lvm.metadata-text", found: "4294967296 bytes" }]);
  expect(source.counters.bytes).toBe(2048 + 512);
});
