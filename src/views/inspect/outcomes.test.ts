import { describe, expect, it } from "vitest";
import type { KernelOutcome, Report } from "../../protocol/report.ts";
import { findingTotals } from "./finding-totals.ts";
import { kernelRows } from "./kernel-outcome.ts";

const outcome: KernelOutcome = {
  activates: true,
  crash: null,
  errno: null,
  dmesg: [],
  dmsetup: null,
  status: "816/1024 16",
  writes: [],
};

const report = (kernel: Partial<KernelOutcome>, rest: Partial<Report> = {}): Report => ({
  schema: "cowscope.report/1",
  image: { name: "a.img", bytes: "4096", sectors: "8" },
  options: { tableChunk: 8, originSectors: null, blockSize: 512, kernel: "modern" },
  header: null,
  chunkSize: { sectors: 8, from: "header" },
  areas: { read: 1, full: 0, exceptionsPerArea: 256 },
  exceptions: { count: "0" },
  kernel: { ...outcome, ...kernel },
  verdict: { id: "healthy", severity: "ok", title: "", cause: "", action: "" },
  findings: [],
  findingCounts: {},
  ...rest,
});

describe("what a kernel does, in a word", () => {
  it.each<[string, Partial<KernelOutcome>]>([
    ["activates", {}],
    ["starts, invalid", { status: "Invalid" }],
    ["refuses", { activates: false, status: null, errno: "EINVAL" }],
    ["crashes", { activates: false, status: null, crash: "kernel BUG" }],
    ["formats it", { writes: [{ sector: "0", sectors: "8", what: "header" }] }],
  ])("%s", (word, kernel) => {
    expect(kernelRows(report(kernel))[0]?.word).toBe(word);
  });
});

it("the totals count what there is, not what is listed", () => {
  const where = { chunk: null, area: null, index: null, offset: null, length: null };
  const words = { message: "", expected: "", found: "", where };
  const totals = findingTotals(
    report(
      {},
      {
        findings: [
          { code: "exception.order", severity: "note", ...words },
          { code: "exception.new.metadata", severity: "problem", ...words },
          { code: "exception.new.metadata", severity: "problem", ...words },
        ],
        findingCounts: { "exception.order": "1", "exception.new.metadata": "70000" },
      },
    ),
  );
  expect(totals).toEqual({
    all: 70001n,
    listed: 3,
    bySeverity: [
      { severity: "problem", count: 70000n },
      { severity: "note", count: 1n },
    ],
  });
});
