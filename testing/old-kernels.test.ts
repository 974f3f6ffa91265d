import { describe, expect, test } from "vitest";
import { findKernel } from "../src/protocol/find-kernel.ts";
import type { AgeOutcome } from "../src/protocol/report.ts";
import { checkBytes } from "./check-bytes.ts";
import { type OldRow, oldBytes, oldRows } from "./kernel-rows.ts";

/** One check answers for every age: rows of one image and table go together. */
function pairs(): OldRow[][] {
  const found = new Map<string, OldRow[]>();
  for (const row of oldRows()) {
    const key = `${row.image} ${row.tableChunk}`;
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return [...found.values()];
}

const ERRNO = { EIO: -5, ENXIO: -6, ENOMEM: -12, EINVAL: -22 };
/** A userland program faults on its guard page where the kernel's vmalloc area ends. */
const FAULT = ["oops: bad access", "Unable to handle kernel paging request"] as const;
const withoutLine = (bug: string | null): string | null =>
  bug?.replace(FAULT[0], FAULT[1]).replace(/:\d+$/, "") ?? null;

const answerOf = ({ crash, errno, status, dmesg }: AgeOutcome) => ({
  rc: crash === null ? (errno === null ? 0 : ERRNO[errno]) : null,
  status,
  bug: withoutLine(crash),
  // populate_table()'s own line is not part of what was run.
  messages: dmesg.filter((line) => !line.endsWith("error adding target to table")),
});

const recorded = ({ rc, status, bug, messages }: OldRow) => ({
  rc,
  status,
  bug: withoutLine(bug),
  messages: messages.map((line) => line.replace(/(table: )\d+:\d+/, "$1MAJ:MIN")),
});

const PAIRS = pairs();
/** Every 10th pair; `COWSCOPE_OLD_KERNELS_SHARE=1` asks them all, which takes minutes. */
const SHARE = Number(process.env.COWSCOPE_OLD_KERNELS_SHARE ?? 10);

test("what is held against the old kernels", () => {
  const kernels = new Set(PAIRS.flat().map(({ kernel }) => kernel));
  expect([kernels.size, PAIRS.length, PAIRS.flat().length]).toEqual([29, 906, 26057]);
});

describe("29 old kernels, their own code", () => {
  test("rc, errno, status, BUG and every line", async () => {
    const agree = new Map<string, number>();
    for (const rows of PAIRS.filter((_, index) => index % SHARE === 0)) {
      const [first] = rows;
      if (!first) continue;
      const { tableChunk, originSectors, image } = first;
      const options = { tableChunk, originSectors: BigInt(originSectors) };
      const { report } = await checkBytes(oldBytes(first), options);
      for (const row of rows) {
        const age = findKernel(row.kernel)?.age.id;
        const outcome = report.ages.find((one) => one.age === age && one.tableChunk === tableChunk);
        if (!outcome) throw new Error(`no age for ${row.kernel}`);
        const where = `${row.kernel}, ${image}, table chunk ${tableChunk}`;
        expect(answerOf(outcome), where).toEqual(recorded(row));
        agree.set(row.kernel, (agree.get(row.kernel) ?? 0) + 1);
      }
    }
    expect(agree.size).toBe(29);
  }, 600_000);
});
