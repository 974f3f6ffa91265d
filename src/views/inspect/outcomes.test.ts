import { describe, expect, it } from "vitest";
import { kernelRows } from "../../explain/kernel/kernel-rows.ts";
import type { AgeOutcome, KernelOutcome, MergeOutcome, Report } from "../../protocol/report.ts";
import { findingTotals } from "./finding-totals.ts";

const outcome: KernelOutcome = {
  activates: true,
  crash: null,
  errno: null,
  dmesg: [],
  dmsetup: null,
  status: "816/1024 16",
  writes: [],
};

const merge: MergeOutcome = {
  outcome: "merges",
  reason: null,
  message: "",
  exceptions: null,
  dmesg: [],
  status: null,
};

const report = (kernel: Partial<KernelOutcome>, rest: Partial<Report> = {}): Report => ({
  schema: "cowscope.report/1",
  image: { name: "a.img", bytes: "4096", sectors: "8" },
  options: {
    tableChunk: 8,
    tableChunkFrom: "header",
    originSectors: null,
    blockSize: 512,
    kernel: "modern",
  },
  header: null,
  chunkSize: { sectors: 8, from: "header", ranking: [] },
  areas: { read: 1, full: 0, exceptionsPerArea: 256 },
  exceptions: { count: "0" },
  kernel: { ...outcome, ...kernel, merge },
  ages: [],
  lvm: null,
  verdict: { id: "healthy", severity: "ok", title: "", cause: "", action: "", steps: [] },
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

const age = (id: string, sameAs: string, rest: Partial<KernelOutcome> = {}): AgeOutcome => ({
  ...outcome,
  ...rest,
  age: id,
  sameAs,
  tableChunk: 8,
  kernels: id,
});
const torn = { activates: false, status: null };
const crash = { ...torn, crash: "kernel BUG at mm/mempool.c" };
const refused: Partial<KernelOutcome> = {
  ...torn,
  errno: "EINVAL",
  dmsetup: "Invalid argument",
  dmesg: [
    "device-mapper: persistent snapshot: chunk size 0 in device metadata overrides table chunk size of 8.",
    "device-mapper: persistent snapshot: invalid on-disk chunk size 0: Chunk size is not a power of 2.",
    "device-mapper: table: MAJ:MIN: snapshot: Failed to read snapshot metadata (-EINVAL)",
    "device-mapper: ioctl: error adding target to table",
  ],
};
const ages = [
  age("2.6.29", "2.6.30", crash),
  age("2.6.30", "2.6.30", crash),
  age("5.16", "modern", refused),
  age("6.3", "modern", refused),
  age("modern", "modern", refused),
];

describe("the ages of kernels", () => {
  it("share a row where they do the same, newest first", () => {
    const rows = kernelRows(report(refused, { ages }));
    expect(rows.map(({ kernels, aside, word, asked }) => [kernels, aside, word, asked])).toEqual([
      ["5.16 and later", "Debian 12", "refuses", true],
      ["2.6.29 to 2.6.31-rc8", null, "crashes", false],
    ]);
  });

  it("say in short why it ends so", () => {
    const rows = kernelRows(report(refused, { ages }));
    expect(rows.map(({ gist }) => gist)).toEqual([
      ["invalid on-disk chunk size 0: Chunk size is not a power of 2."],
      ["kernel BUG at mm/mempool.c"],
    ]);
  });

  it("have the chosen kernel in the row that it belongs to", () => {
    const options = { ...report({}).options, kernel: "6.1.192" };
    const [row] = kernelRows(report({ ...refused, dmsetup: "its own" }, { ages, options }));
    expect(row).toMatchObject({ asked: true, aside: "5.16 to 6.2 as chosen" });
    expect(row?.lines.at(-1)?.texts).toEqual(["its own · EINVAL"]);
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
    fingerprints: 0n,
    bySeverity: [
      { severity: "problem", count: 70000n },
      { severity: "note", count: 1n },
    ],
  });
});
