import { describe, expect, it } from "vitest";
import type { StoreReader } from "../../client/held-store.ts";
import { success } from "../../protocol/problem.ts";
import { RowPages } from "./row-pages.ts";

/** A table whose row r is the exception [r, r + 1000]. */
function numbered(asked: number[]): StoreReader {
  const unused = () => Promise.reject(new Error("not asked for"));
  return {
    headerChunk: unused,
    areaChunk: unused,
    filterRows: unused,
    map: unused,
    raceStart: unused,
    repairPlan: unused,
    patched: () => new Blob(),
    async rows(first, count) {
      asked.push(first);
      const pairs = Array.from({ length: count }, (_, at) => [first + at, first + at + 1000]);
      return success(new BigUint64Array(pairs.flat().map(BigInt)));
    },
  };
}

const arrival = () => new Promise((resolve) => setTimeout(resolve));

describe("RowPages", () => {
  it("has a row once its page has come, and says so", async () => {
    const pages = new RowPages(numbered([]));
    let told = 0;
    pages.subscribe(() => {
      told += 1;
    });
    expect(pages.row(49_999_999)).toBeNull();
    await arrival();
    expect(told).toBe(1);
    expect(pages.row(49_999_999)).toEqual({ old: 49_999_999n, new: 50_000_999n });
  });

  it("asks once for a page, however many of its rows are wanted", async () => {
    const asked: number[] = [];
    const pages = new RowPages(numbered(asked));
    for (let row = 0; row < 30; row += 1) pages.row(row);
    await arrival();
    expect(asked).toEqual([0]);
  });

  it("forgets the pages used longest ago", async () => {
    const asked: number[] = [];
    const pages = new RowPages(numbered(asked));
    for (let page = 0; page < 100; page += 1) {
      pages.row(page * 512);
      await arrival();
    }
    pages.row(99 * 512);
    pages.row(0);
    await arrival();
    expect(asked).toHaveLength(101);
    expect(asked.at(-1)).toBe(0);
  });
});
