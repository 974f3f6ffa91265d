import { describe, expect, test } from "vitest";
import { ageGroups } from "../src/explain/kernel/age-groups.ts";
import { askedKernelWords } from "../src/explain/kernel/asked-kernel.ts";
import { rangeNames } from "../src/explain/kernel/kernel-names.ts";
import { findKernel } from "../src/protocol/find-kernel.ts";
import { KERNEL_AGES, MODERN } from "../src/protocol/kernel-ages.ts";
import { KERNEL_BORDERS } from "../src/protocol/kernel-borders.ts";
import { HEADER_RACE_FIX, OVER_METADATA_FIX } from "../src/protocol/kernel-fixes.ts";
import { parseRelease } from "../src/protocol/kernel-release.ts";
import type { AgeOutcome } from "../src/protocol/report.ts";
import { consecutive, fullAreas } from "./allocation.ts";
import { checkBytes } from "./check-bytes.ts";
import { buildStore } from "./store-builder.ts";

const IDS = KERNEL_AGES.map(({ id }) => id);
const chunkSectors = 8;
const exceptions = consecutive(5n, 6, chunkSectors);
const withHeader = (headerChunkSize: number, valid = 1, version = 1) =>
  buildStore({ chunkSectors, exceptions, cowSectors: 1024, headerChunkSize, valid, version });

async function ages(bytes: Uint8Array, tableChunk: number): Promise<AgeOutcome[]> {
  const { report } = await checkBytes(bytes, { tableChunk, originSectors: 4096n });
  return report.ages;
}

const rowsOf = (outcomes: readonly AgeOutcome[]) =>
  ageGroups(outcomes).map(({ kernels, outcome: { crash, errno, status } }) => [
    kernels,
    crash ?? errno ?? status,
  ]);

test("the commits that the causes name came with the releases that the ages have them from", () => {
  const age = (release: string) => findKernel(release)?.age;
  expect(HEADER_RACE_FIX.release).toBe("2.6.31");
  expect(age("2.6.31-rc8")?.harm).toContain(HEADER_RACE_FIX.commit);
  expect(age(HEADER_RACE_FIX.release)?.harm).not.toContain(HEADER_RACE_FIX.commit);
  expect(OVER_METADATA_FIX.release).toBe("3.12");
  expect(age("3.12-rc5")?.skipsMetadata).toBe(false);
  expect(age(OVER_METADATA_FIX.release)?.skipsMetadata).toBe(true);
});

test("a report has a row for every age, and the row of the age asked about is its answer", async () => {
  for (const kernel of IDS) {
    const { report } = await checkBytes(withHeader(0), { tableChunk: 8, kernel });
    expect(report.ages.map(({ age }) => age)).toEqual(IDS);
    const { merge: _, ...outcome } = report.kernel;
    expect(report.ages.find(({ age }) => age === kernel)).toMatchObject(outcome);
  }
});

describe("the page's rows: ages that differ on these bytes, newest first", () => {
  test("a healthy store is one row", async () => {
    expect(rowsOf(await ages(withHeader(8), 8))).toEqual([["every kernel", "64/1024 16"]]);
  });

  // Every line of it was run: the own code of these kernels (fixtures/kernels/old.jsonl.gz).
  test("a chunk size torn to 0", async () => {
    expect(rowsOf(await ages(withHeader(0), 8))).toEqual([
      ["2.6.31-rc9 and later, RHEL 5.5 and later, RHEL 6, RHEL 7", "EINVAL"],
      ["2.6.22 to 2.6.31-rc8, RHEL 4, RHEL 5.1 to 5.4", "kernel BUG at mm/mempool.c"],
      ["2.6.19 to 2.6.21, RHEL 5.0", "ENOMEM"],
      ["2.6.17.12 to 2.6.18, 2.6.16 since 2.6.16.37", "Invalid"],
      ["2.6.17 to 2.6.17.11, up to 2.6.16.36", "16/1024"],
    ]);
  });

  test("an exactly full area", async () => {
    const bytes = buildStore({ chunkSectors: 1, exceptions: fullAreas(1, 1), cowSectors: 200 });
    const rows = rowsOf(await ages(bytes, 1));
    expect(rows.map(([kernels]) => kernels).join("\n")).toContain(
      "3.12-rc6 and later, 3.11 since 3.11.7, 3.10 since 3.10.18, 2.6.32 since 2.6.32.62, RHEL 6 since 2.6.32-358.23.2, RHEL 7",
    );
  });
});

test("each age names itself: no id shadows a release of another age", () => {
  for (const { id, releases, asked } of KERNEL_AGES) {
    expect(findKernel(id)?.age.id).toBe(id);
    const isRelease = parseRelease(id) !== null && id !== "3.14-rc";
    if (isRelease) expect(releases.length, id).toBeGreaterThan(0);
    for (const { release } of asked) {
      const found = findKernel(release);
      expect([found?.age.id, found?.isNearest], release).toEqual([id, true]);
    }
    for (const { vendor, from } of releases) {
      if (from === undefined || id === "modern") continue;
      const text = vendor === undefined ? from : `${from}.${vendor}`;
      expect(findKernel(text)?.age.id, text).toBe(id);
    }
  }
});

test("every border says what it rests on, once", () => {
  const named = (range: { vendor?: string | undefined; from?: string | undefined }) =>
    `${range.vendor ?? "mainline"} ${range.from ?? "first"}`;
  const ranges = KERNEL_AGES.flatMap(({ releases }) => releases.map(named));
  expect(KERNEL_BORDERS.map(named).toSorted()).toEqual(ranges.toSorted());
});

test("a range ends where the next one of its line begins: no release is left out, none counts twice", () => {
  const ranges = KERNEL_AGES.flatMap(({ releases }) => releases);
  for (const vendor of new Set(ranges.map((range) => range.vendor))) {
    const line = ranges.filter((range) => range.vendor === vendor);
    const begins = line.map(({ from }) => from).filter((from) => from !== undefined);
    const ends = line.map(({ before }) => before).filter((before) => before !== undefined);
    expect(ends.toSorted()).toEqual(begins.toSorted());
  }
});

test("the newest age is the default, and the last in the table", () => {
  expect(KERNEL_AGES.at(-1)?.id).toBe(MODERN);
});

test.each([
  ["2.6.9-89.29.1.ELsmp", "rhel4"],
  ["2.6.18-8.1.15.el5", "2.6.20"],
  ["2.6.18-53.1.21.el5PAE", "rhel5.1"],
  ["2.6.18-92.el5", "rhel5.2"],
  ["2.6.18-128.1.10.el5xen", "rhel5.3"],
  ["2.6.18-164.el5", "rhel5.4"],
  ["2.6.18-194.el5", "rhel5.5"],
  ["2.6.18-274.el5.centos.plus", "rhel5.5"],
  ["2.6.18-371.el5", "rhel5.5"],
  ["2.6.18-371.1.2.el5", "rhel5.10z"],
  ["2.6.18-411.el5", "rhel5.10z"],
  ["2.6.16.36", "2.6.11"],
  ["2.6.16.37", "2.6.17.12"],
  ["2.6.16.60-0.21-smp", "2.6.17.12"],
  ["2.6.17", "2.6.11"],
  ["2.6.17.11", "2.6.11"],
  ["2.6.17.14", "2.6.17.12"],
  ["2.6.18-rc1", "2.6.18"],
  ["2.6.18", "2.6.18"],
  ["2.6.18-6-686", "2.6.18"],
  ["2.6.24.7", "2.6.22"],
  ["2.6.25.20", "2.6.25"],
  ["2.6.26-2-amd64", "2.6.27"],
  ["2.6.30.10", "2.6.30"],
  ["2.6.31", "2.6.31"],
  ["2.6.31-rc5", "2.6.30"],
  ["2.6.31.14", "2.6.31"],
  ["2.6.32", "2.6.32"],
  ["2.6.32-5-amd64", "2.6.32"],
  ["2.6.32.63", "2.6.32.62"],
  ["2.6.32-358.el6.x86_64", "3.0"],
  ["2.6.32-358.23.2.el6.x86_64", "3.12"],
  ["2.6.32-754.el6.x86_64", "4.3"],
  ["2.6.39", "2.6.36"],
  ["3.2.0-4-amd64", "3.0"],
  ["3.10.0-1160.el7.x86_64", "4.3"],
  ["3.10.35", "3.12"],
  ["3.11.10", "3.12"],
  ["3.12", "3.12"],
  ["3.12-rc2", "3.0"],
  ["3.14", "3.13"],
  ["3.14-rc1", "3.14-rc"],
  ["3.14-rc", "3.14-rc"],
  ["4.19.0-27-amd64", "4.3"],
  ["4.12.14-122.186-default", "4.3"],
  ["5.1.21", "4.3"],
  ["5.2.0-rc1", "5.2"],
  ["5.4.17-2136.el7uek.x86_64", "5.2"],
  ["5.10.0-30-amd64", "5.2"],
  ["5.15.0-91-generic", "5.2"],
  ["5.16", "5.16"],
  ["6.1.0-56-amd64", "5.16"],
  ["6.4.0-150600.23-default", "6.3"],
  ["6.6.120", "6.3"],
  ["6.6.121", "modern"],
  ["6.8.0-31-generic", "6.3"],
  ["6.12.65", "6.3"],
  ["6.12.117+deb12-amd64", "modern"],
  ["6.17.8-300.fc43.x86_64", "6.3"],
  ["6.18.5", "6.3"],
  ["6.18.6", "modern"],
  ["6.19-rc1", "modern"],
  ["7.3-rc7", "modern"],
  ["9.0.1", "modern"],
  ["modern", "modern"],
])("--kernel %s is the age %s", (text, id) => {
  expect(findKernel(text)?.age.id).toBe(id);
});

test.each(["", "6", "new", "v6.1", "-3.10", "amd64-6.1", "three.ten", "6.1amd64"])(
  "--kernel “%s” is no kernel",
  (text) => {
    expect(findKernel(text)).toBeNull();
  },
);

test.each([
  ["modern", "6.18.6 and later, 6.12 since 6.12.66, 6.6 since 6.6.121"],
  ["6.1.192", "6.1.192 (booted)"],
  ["2.6.18-194.el5", "2.6.18-194.el5 (its own code was run)"],
  ["5.10.0-30-amd64", /^5\.10\.0-30-amd64 \(taken as 5\.10\.262: 5\.2 to 5\.15 \(Debian 11/],
  ["9.0.1", /^9\.0\.1 \(newer than any that was asked, taken as 7\.3-rc7: /],
  ["3.14-rc2", /^3\.14-rc2 \(read in the source only: /],
  ["2.6.18-308.el5", /taken as 2\.6\.18-274\.el5: RHEL 5\.5 and later, before 2\.6\.18-371\.1\.2/],
])("%s in words", (text, words) => {
  if (typeof words === "string") expect(askedKernelWords(text)).toBe(words);
  else expect(askedKernelWords(text)).toMatch(words);
});

test("all ages together are every kernel; neighbours are one range", () => {
  expect(rangeNames(KERNEL_AGES)).toBe("every kernel");
  const some = KERNEL_AGES.filter(({ id }) => ["5.2", "5.16", "6.3"].includes(id));
  expect(rangeNames(some)).toBe("6.13 to 6.18.5, 6.7 to 6.12.65, 5.2 to 6.6.120");
});
