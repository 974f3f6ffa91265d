import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelOf } from "../../testing/race-core.ts";
import { DEFAULT_OPTIONS } from "../protocol/check.ts";
import { KERNEL_AGES } from "../protocol/kernel-ages.ts";
import { DEFAULT_RACE } from "../protocol/race-defaults.ts";
import { type Address, KEYS, readAddress, START, TOUR_STOPS, writeAddress } from "./address.ts";
import { PANELS, unlessStart } from "./inspect-address.ts";
import type { ReplayLink } from "./replay-link.ts";

const chunk = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const replays = fc
  .record({
    fix: fc.constantFrom("before", "after"),
    storeBytes: fc.constantFrom(4, 8),
    ioCopy: fc.constantFrom("atomic", "words"),
    index: fc.nat(255),
    pendingAfter: fc.nat(2 ** 31 - 1),
    chunkSize: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    exceptions: fc.array(fc.tuple(chunk, chunk), { maxLength: 12 }),
    entry0: fc.tuple(chunk, chunk),
    schedule: fc.array(fc.constantFrom("I", "C"), { maxLength: 60 }).map((all) => all.join("")),
  })
  .chain(({ schedule, ...vary }) =>
    fc.nat(schedule.length).map((step): ReplayLink => {
      const params = modelOf({ ...vary, copies: vary.exceptions.length });
      return { params, schedule, step };
    }),
  );

const offset = fc.nat({ max: 2 ** 48 });
const filter = fc.constantFrom("", "7", "10-20", "0x10-0x20", "18446744073709551615");
const places = fc
  .record({
    area: fc.nat(),
    bytes: fc.option(
      fc.tuple(offset, fc.integer({ min: 1, max: 2 ** 20 })).map(([start, length]) => ({
        start,
        end: start + length,
      })),
    ),
    old: filter,
    new: filter,
    panel: fc.option(fc.constantFrom(...PANELS)),
  })
  .map(unlessStart);

const addresses = fc
  .record({
    sample: fc.option(fc.stringMatching(/^[a-z0-9-]{1,30}$/)),
    inside: fc.option(fc.stringMatching(/^[ -~]{1,30}$/)),
    options: fc.record({
      tableChunk: fc.option(fc.nat(2 ** 31 - 1)),
      originSectors: fc.option(fc.bigInt({ min: 0n, max: 2n ** 55n - 1n })),
      blockSize: fc.constantFrom(512, 4096),
      kernel: fc.constantFrom(...KERNEL_AGES.map(({ id }) => id)),
    }),
    replay: fc.option(replays),
    tour: fc.option(fc.integer({ min: 1, max: TOUR_STOPS })),
    inspect: fc.option(places),
  })
  .map(
    (parts): Address => ({
      view: parts.replay ? "replay" : "inspect",
      ...parts,
      ...(parts.replay ? { inspect: null } : { tour: null }),
      // Inside a file of this machine: that is nobody else's business.
      inside: parts.sample === null ? null : parts.inside,
    }),
  );

const boot = { params: modelOf(), schedule: "IIIIIIICCCCIIICCCCIIIC", step: 9 };
const BOOT =
  "#replay?v=1&fix=before&store=8&io=words&index=0&per=256&pending=0&chunk=8&first=3-2&copies=7-2&steps=7I4C3I4C3IC&at=9";

const place = {
  area: 2,
  bytes: { start: 4096, end: 4112 },
  old: "7",
  new: "0x10-0x20",
  panel: "snapshot",
};
const PLACE = "#inspect?v=1&area=2&bytes=4096-4111&old-chunk=7&new-chunk=0x10-0x20&panel=snapshot";

describe("an address of the page", () => {
  it("leads back to the same place", () => {
    fc.assert(
      fc.property(addresses, (address) => {
        expect(readAddress(writeAddress(address))).toEqual({ ...address, broken: [] });
      }),
    );
  });

  it("is short where nothing out of the ordinary is said", () => {
    expect(writeAddress(START)).toBe("");
    expect(writeAddress({ ...START, view: "inspect" })).toBe("#inspect");
    expect(writeAddress({ ...START, view: "inspect", sample: "healthy" })).toBe(
      "#inspect?v=1&sample=healthy",
    );
  });

  it("holds a replay as every address of version 1 did", () => {
    expect(writeAddress({ ...START, view: "replay", replay: boot })).toBe(BOOT);
  });

  it("holds a place in the inspect view", () => {
    expect(readAddress(PLACE)).toEqual({
      ...START,
      view: "inspect",
      inspect: place,
      broken: [],
    });
    expect(writeAddress(readAddress(PLACE))).toBe(PLACE);
  });

  it.each([
    ["area=2", "area=-1", { area: 0 }],
    ["area=2", "area=99999999999999999999", { area: 0 }],
    ["bytes=4096-4111", "bytes=4111-4096", { bytes: null }],
    ["bytes=4096-4111", "bytes=4096", { bytes: null }],
    ["bytes=4096-4111", "bytes=1-2-3", { bytes: null }],
    ["old-chunk=7", "old-chunk=seven", { old: "" }],
    ["new-chunk=0x10-0x20", "new-chunk=20-10", { new: "" }],
    ["panel=snapshot", "panel=", { panel: null }],
  ])("loses %s alone where it says %s", (good, bad, lost) => {
    expect(PLACE).toContain(good);
    const [key, found] = bad.split("=");
    const read = readAddress(PLACE.replace(good, bad));
    expect(read.broken).toEqual([{ key, found }]);
    expect(read.inspect).toEqual({ ...place, ...lost });
  });

  it.each(["0", "9", "-1", "1.5", "first", ""])("loses a tour that stops at “%s”", (stop) => {
    const read = readAddress(`${BOOT}&tour=${stop}`);
    expect(read).toMatchObject({ tour: null, replay: boot });
    expect(read.broken).toEqual([{ key: "tour", found: stop }]);
    expect(readAddress("#replay?tour=3")).toMatchObject({ tour: 3, replay: null, broken: [] });
  });

  it("reads an address that was typed by hand, without a version", () => {
    expect(readAddress("#replay?sample=healthy&at=0")).toMatchObject({
      sample: "healthy",
      replay: { params: DEFAULT_RACE, schedule: "", step: 0 },
      broken: [],
    });
  });

  it.each([
    ["fix=before", "fix=never"],
    ["store=8", "store=16"],
    ["io=words", "io="],
    ["index=0", "index=256"],
    ["per=256", "per=0"],
    ["pending=0", "pending=-1"],
    ["chunk=8", "chunk=x"],
    ["first=3-2", "first=3"],
    ["copies=7-2", "copies=7-99999999999999999999"],
    ["at=9", "at=99"],
  ])("loses %s alone where it says %s", (good, bad) => {
    expect(BOOT).toContain(good);
    const [key, found] = bad.split("=");
    const read = readAddress(BOOT.replace(good, bad));
    expect(read.broken).toEqual([{ key, found }]);
    expect(read.replay).toEqual({ ...boot, step: key === "at" ? 0 : boot.step });
  });

  it("loses the step with a schedule that cannot be read, since it counts that schedule's", () => {
    for (const bad of ["steps=IX", "steps=99999I"]) {
      const read = readAddress(BOOT.replace("steps=7I4C3I4C3IC", bad));
      expect(read.broken.map(({ key }) => key)).toEqual(["steps", "at"]);
      expect(read.replay).toEqual({ params: boot.params, schedule: "", step: 0 });
    }
  });

  it("loses options alone, and keeps the sample", () => {
    const read = readAddress(
      "#inspect?v=1&sample=a&table-chunk=4294967296&origin-sectors=x&block-size=4096&age=none",
    );
    expect(read).toMatchObject({ sample: "a", options: { ...DEFAULT_OPTIONS, blockSize: 4096 } });
    expect(read.broken.map(({ key }) => key)).toEqual(["table-chunk", "origin-sectors", "age"]);
  });

  it("says so of keys and views that are not known, and of another version", () => {
    expect(readAddress("#inspect?colour=red").broken).toEqual([{ key: "colour", found: "red" }]);
    expect(readAddress("#maps")).toEqual({ ...START, broken: [{ key: "#", found: "maps" }] });
    expect(readAddress(BOOT.replace("v=1", "v=2"))).toEqual({
      ...START,
      view: "replay",
      broken: [{ key: "v", found: "2" }],
    });
  });

  it("never fails, whatever it says", () => {
    fc.assert(
      fc.property(fc.constantFrom("#inspect?", "#replay?", "#"), fc.string(), (view, text) => {
        expect(readAddress(view + text).broken).toBeInstanceOf(Array);
      }),
    );
    const pairs = fc.array(fc.tuple(fc.constantFrom(...Object.values(KEYS)), fc.string()));
    fc.assert(
      fc.property(pairs, (fields) => {
        const read = readAddress(`#replay?${new URLSearchParams(fields)}`);
        expect(readAddress(writeAddress(read))).toEqual({ ...read, broken: [] });
      }),
    );
  });
});
