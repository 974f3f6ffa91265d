import { describe, expect, test } from "vitest";
import { findKernel } from "../src/protocol/find-kernel.ts";
import { checkBytes } from "./check-bytes.ts";
import { type OldRow, oldBytes, oldRows } from "./kernel-rows.ts";
import { recordedAnswer, reportedAnswer } from "./old-answer.ts";

/** One check answers for every age: rows of one image and table go together. */
function pairs(): OldRow[][] {
  const found = new Map<string, OldRow[]>();
  for (const row of oldRows()) {
    const key = `${row.image} ${row.tableChunk}`;
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return [...found.values()];
}

const PAIRS = pairs();

test("what is held against the old kernels", () => {
  const kernels = new Set(PAIRS.flat().map(({ kernel }) => kernel));
  expect([kernels.size, PAIRS.length, PAIRS.flat().length]).toEqual([29, 906, 26057]);
});

describe("29 old kernels, their own code", () => {
  test("rc, errno, status, BUG and every line", async () => {
    const agree = new Map<string, number>();
    for (const rows of PAIRS) {
      const [first] = rows;
      if (!first) continue;
      const { tableChunk, originSectors, image } = first;
      const options = { tableChunk, originSectors: BigInt(originSectors) };
      const { report } = await checkBytes(oldBytes(first), options);
      for (const row of rows) {
        const { kernel } = row;
        const age = findKernel(kernel)?.age.id;
        const outcome = report.ages.find((one) => one.age === age && one.tableChunk === tableChunk);
        if (!outcome) throw new Error(`no age for ${kernel}`);
        const where = `${kernel}, ${image}, table chunk ${tableChunk}`;
        expect(reportedAnswer(outcome, kernel), where).toEqual(recordedAnswer(row, kernel));
        agree.set(kernel, (agree.get(kernel) ?? 0) + 1);
      }
    }
    expect([...agree.values()].reduce((sum, rows) => sum + rows)).toBe(26057);
  }, 600_000);
});
