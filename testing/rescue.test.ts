import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { planRescue } from "../src/engine/rescue/plan-rescue.ts";
import { rescueReport } from "../src/engine/rescue/rescue-report.ts";
import { type CheckOptions, DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { RescueRange, RescueReport } from "../src/protocol/rescue.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { loadCore } from "./check-bytes.ts";
import { FIXTURES, type Fixture, fixture, fixtureBytes, originBytes } from "./fixtures.ts";
import { buildStore } from "./store-builder.ts";

const core = loadCore();

async function rescue(
  bytes: Uint8Array,
  options: Partial<CheckOptions> = {},
): Promise<RescueReport | string> {
  const all = { ...DEFAULT_OPTIONS, ...options };
  const planned = await planRescue(await core, "store", new BytesSource(bytes), all, () => true);
  return planned.ok ? rescueReport("store", planned.value) : planned.problem.code;
}

async function report(bytes: Uint8Array, options: Partial<CheckOptions> = {}) {
  const rescued = await rescue(bytes, options);
  if (typeof rescued === "string") throw new Error(rescued);
  return rescued;
}

const optionsOf = ({ originSectors }: Fixture): Partial<CheckOptions> => ({
  originSectors: originSectors === null ? null : BigInt(originSectors),
});

const rescueFixture = (of: Fixture) => report(fixtureBytes(of), optionsOf(of));

interface KnownSector {
  /** Of the origin. */
  sector: number;
  bytes: Uint8Array;
}

function* knownSectors(store: Uint8Array, ranges: readonly RescueRange[]): Generator<KnownSector> {
  for (const { offset, bytes, storeOffset } of ranges) {
    if (storeOffset === null) continue;
    for (let at = 0; at < Number(bytes); at += 512) {
      const from = Number(storeOffset) + at;
      yield { sector: (Number(offset) + at) / 512, bytes: store.subarray(from, from + 512) };
    }
  }
}

/** Every sector of the corpus names the sector of the origin that it belongs to. */
function labelOf(bytes: Uint8Array): number | null {
  const [, label] = / s(\d{8,})/.exec(Buffer.from(bytes).toString("latin1")) ?? [];
  return label === undefined ? null : Number(label);
}

describe("an overflowed store that a real kernel left behind", () => {
  const of = fixture("overflow-origwrite-c128");
  const before = new Uint8Array(
    gunzipSync(readFileSync("fixtures/rescue/overflow-origwrite-c128.before.img.gz")),
  );
  const now = originBytes(of);

  test("what is known is what the origin held when the snapshot was taken", async () => {
    const { ranges, chunks } = await rescueFixture(of);
    expect(chunks).toEqual({ known: "10", doubtful: "0", lost: "0" });
    let sectors = 0;
    let differ = 0;
    for (const { sector, bytes } of knownSectors(fixtureBytes(of), ranges)) {
      const there = (image: Uint8Array) => image.subarray(sector * 512, sector * 512 + 512);
      expect(Buffer.from(bytes).equals(there(before))).toBe(true);
      if (!Buffer.from(bytes).equals(there(now))) differ += 1;
      sectors += 1;
    }
    // Ten chunks of 64 KiB, all overwritten in the origin since.
    expect([sectors, differ]).toEqual([1280, 1280]);
  });

  test("what is not listed was overwritten in part: it is unknown, not the origin's", async () => {
    const { ranges } = await rescueFixture(of);
    const listed = (sector: number) =>
      ranges.some(
        ({ offset, bytes }) =>
          sector * 512 >= Number(offset) && sector * 512 < Number(offset) + Number(bytes),
      );
    let overwritten = 0;
    for (let sector = 0; sector < before.length / 512; sector++) {
      const range = [sector * 512, sector * 512 + 512] as const;
      const same = Buffer.from(before.subarray(...range)).equals(now.subarray(...range));
      if (!same && !listed(sector)) overwritten += 1;
    }
    // The fourteen writes of its row were of 128 sectors each; ten had an exception by then.
    expect(overwritten).toBe(4 * 128);
  });

  test("it says first that it was invalidated, and knows how", async () => {
    const { risk, invalidated, origin } = await rescueFixture(of);
    expect(invalidated).toBe("flag");
    expect(risk).toMatch(/^At your own risk\. This snapshot was invalidated/);
    expect(risk).not.toContain("damaged");
    expect(origin).toEqual({ bytes: "8388608", from: "given" });
  });
});

describe("every store that a kernel left", () => {
  const stores = FIXTURES.filter(({ source }) => source === "store");

  test.each(stores)("$id: all exceptions are known, and lie where they belong", async (of) => {
    const rescued = await rescueFixture(of);
    const { chunks, ranges } = rescued;
    expect([chunks.doubtful, chunks.lost]).toEqual(["0", "0"]);
    // Files of a file system have no labels.
    if (of.id.startsWith("ext4")) return;
    for (const { sector, bytes } of knownSectors(fixtureBytes(of), ranges)) {
      expect([sector, labelOf(bytes)]).toEqual([sector, sector]);
    }
  });
});

describe("what the race left", () => {
  const raced = FIXTURES.filter(({ source }) => source === "race");

  test("nothing is called known that belongs elsewhere", async () => {
    let known = 0;
    for (const of of raced) {
      const rescued = await rescue(fixtureBytes(of), optionsOf(of));
      if (typeof rescued === "string") {
        expect(rescued).toBe("rescue.no-table");
        continue;
      }
      for (const { sector, bytes } of knownSectors(fixtureBytes(of), rescued.ranges)) {
        known += 1;
        expect([of.id, labelOf(bytes)]).toEqual([of.id, sector]);
      }
    }
    expect(known).toBeGreaterThan(1000);
  });

  test("the risk names it", async () => {
    const { invalidated, risk } = await rescueFixture(fixture("r1-exc0-on-header-c8"));
    expect(invalidated).toBe("race");
    expect(risk).toContain("The header race destroyed a part of this store");
  });
});

describe("tables that contradict themselves", () => {
  const of = (exceptions: { old: bigint; new: bigint }[], cowSectors = 96) =>
    report(buildStore({ chunkSectors: 8, exceptions, cowSectors, valid: 0 }));

  test("an origin chunk with two exceptions, a COW chunk with two owners: doubtful", async () => {
    const { chunks, ranges, risk } = await of([
      { old: 5n, new: 2n },
      { old: 5n, new: 3n },
      { old: 7n, new: 4n },
      { old: 9n, new: 4n },
      { old: 11n, new: 5n },
    ]);
    expect(chunks).toEqual({ known: "1", doubtful: "3", lost: "0" });
    expect(ranges.filter(({ is }) => is === "known")).toEqual([
      { offset: String(11 * 4096), bytes: "4096", is: "known", storeOffset: String(5 * 4096) },
    ]);
    expect(risk).toContain("The table is damaged");
  });

  test("past the device, or into the store's own bookkeeping: lost", async () => {
    const { chunks } = await of([
      { old: 1n, new: 12n },
      { old: 2n, new: 1n },
      { old: 3n, new: 11n },
    ]);
    expect(chunks).toEqual({ known: "1", doubtful: "0", lost: "2" });
  });

  test("an entry that acts for a run takes those behind it along", async () => {
    const { ranges } = await of([
      { old: 10n, new: (3n << 56n) | 2n },
      { old: 12n, new: 9n },
    ]);
    // The kernel reads chunk 12 by the run, or by its own exception: that is not for us to choose.
    expect(ranges.every(({ is }) => is !== "known")).toBe(true);
  });

  test("old_chunk of any size", async () => {
    const { chunks } = await of([
      { old: 1n, new: 2n },
      { old: 2n ** 52n, new: 3n },
      { old: 2n ** 64n - 2n, new: 4n },
    ]);
    expect(chunks.known).not.toBe("0");
  });

  test("behind the origin's end there is nothing to rescue", async () => {
    const store = buildStore({
      chunkSectors: 8,
      exceptions: [
        { old: 3n, new: 2n },
        { old: 4n, new: 3n },
      ],
      valid: 0,
    });
    const { ranges, origin } = await report(store, { originSectors: 29n });
    expect(origin).toEqual({ bytes: String(29 * 512), from: "given" });
    expect(ranges).toEqual([
      { offset: "12288", bytes: String(29 * 512 - 12288), is: "known", storeOffset: "8192" },
    ]);
  });
});

test("what is no store, or is empty, has nothing", async () => {
  expect(await rescue(new Uint8Array(65536).fill(0x41))).toBe("rescue.no-table");
  expect(await rescue(new Uint8Array(65536))).toBe("rescue.no-table");
});
