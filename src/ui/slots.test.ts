import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baseAfterScroll, type ListSize, MAX_SLOTS, placeShowing, slotCount } from "./slots.ts";

const HEIGHT_CAP_PX = 33_500_000;
const size = (rows: number, viewHeight = 224): ListSize => ({ rows, rowHeight: 28, viewHeight });
const lastTop = (list: ListSize) => slotCount(list.rows) * list.rowHeight - list.viewHeight;

/** The rows wholly in sight. */
function inSight(list: ListSize, base: number, top: number): { first: number; last: number } {
  return {
    first: base + Math.ceil(top / list.rowHeight),
    last: base + Math.floor((top + list.viewHeight) / list.rowHeight) - 1,
  };
}

describe("slots", () => {
  it("stay under the height that browsers cut off", () => {
    expect(slotCount(50_000_000) * 28).toBeLessThan(HEIGHT_CAP_PX);
  });

  it("are the rows themselves in a short list", () => {
    expect(slotCount(1000)).toBe(1000);
    expect(baseAfterScroll(size(1000), { base: 0, top: 0 }, 20_000)).toBe(0);
  });

  it("reach both ends of fifty million rows by the scroll bar", () => {
    const list = size(50_000_000);
    const far = baseAfterScroll(list, { base: 0, top: 0 }, lastTop(list));
    expect(inSight(list, far, lastTop(list)).last).toBe(49_999_999);
    expect(baseAfterScroll(list, { base: far, top: lastTop(list) }, 0)).toBe(0);
  });

  it("pass every row under a wheel", () => {
    const list = size(50_000_000);
    const place = { base: 7_000_000, top: 800_000 };
    expect(baseAfterScroll(list, place, place.top + 100)).toBe(place.base);
  });

  it("show any row asked for, from anywhere, and the scroll event that follows keeps it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 28, max: 2000 }),
        (rows, from, to, viewHeight) => {
          const list = size(rows, viewHeight);
          const start = placeShowing(list, { base: 0, top: 0 }, Math.floor(from * (rows - 1)));
          const row = Math.floor(to * (rows - 1));
          const place = placeShowing(list, start, row);
          const base = baseAfterScroll(list, place, place.top);
          const seen = inSight(list, base, place.top);
          expect(row).toBeGreaterThanOrEqual(seen.first);
          expect(row).toBeLessThanOrEqual(Math.max(seen.last, seen.first));
        },
      ),
    );
  });

  it("do not move for a row that is in sight", () => {
    const place = { base: 5, top: 280 };
    expect(placeShowing(size(MAX_SLOTS * 2), place, 16)).toBe(place);
  });
});
