import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelOf } from "../../../testing/race-core.ts";
import { BadLink, type ReplayLink, readLink, writeLink } from "./link.ts";

const chunk = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const links = fc
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

describe("a link into the replay", () => {
  it("leads back to the same place", () => {
    fc.assert(
      fc.property(links, (link) => {
        expect(readLink(writeLink(link))).toEqual(link);
      }),
    );
  });

  it("keeps to letters that an address may hold, and is short", () => {
    const link = { params: modelOf(), schedule: "IIIIIIICCCCIIICCCCIIIC", step: 9 };
    expect(writeLink(link)).toBe(
      "#replay?v=1&fix=before&store=8&io=words&index=0&per=256&pending=0&chunk=8&first=3-2&copies=7-2&steps=7I4C3I4C3IC&at=9",
    );
  });

  it("is nobody's where the address names another view, or no place", () => {
    for (const fragment of ["", "#replay", "#inspect", "#replays?v=1"]) {
      expect(readLink(fragment)).toBeNull();
    }
  });

  it("is refused as a whole if any part of it is bad", () => {
    const good = writeLink({ params: modelOf(), schedule: "IC", step: 1 });
    for (const [part, bad] of [
      ["v=1", "v=2"],
      ["fix=before", "fix=never"],
      ["store=8", "store=16"],
      ["io=words", "io="],
      ["index=0", "index=256"],
      ["per=256", "per=0"],
      ["pending=0", "pending=-1"],
      ["chunk=8", "chunk=x"],
      ["first=3-2", "first=3"],
      ["copies=7-2", "copies=7-99999999999999999999"],
      ["steps=IC", "steps=IX"],
      ["steps=IC", "steps=99999I"],
      ["at=1", "at=3"],
    ] as const) {
      expect(good).toContain(part);
      expect(() => readLink(good.replace(part, bad)), bad).toThrow(BadLink);
    }
  });

  it("never fails otherwise, whatever the address", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          readLink(`#replay?${text}`);
        } catch (error) {
          expect(error).toBeInstanceOf(BadLink);
        }
      }),
    );
  });
});
