import { describe, expect, test } from "vitest";
import { kernelRows } from "../src/explain/kernel/kernel-rows.ts";
import { reportText } from "../src/explain/report/report-text.ts";
import { checkBytes } from "./check-bytes.ts";
import { fixture, fixtureBytes } from "./fixtures.ts";

/**
 * The same bytes under several kernels. What each does is from KERNEL-AGES.md: with chunk_size 0 in
 * the header 2.6.11 and 2.6.18 create an invalid device, 2.6.20 and 2.6.21 say -ENOMEM, 2.6.22 to
 * 2.6.30, RHEL 4 and RHEL 5.1 to 5.4 stop at a BUG, later ones refuse.
 */
const torn = fixtureBytes(fixture("w1-torn-chunksize0-a"));
const CRASHING = "2.6.22 to 2.6.31-rc8, RHEL 4, RHEL 5.1 to 5.4";

const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("a header with chunk_size 0", () => {
  test.each([
    ["modern", false],
    ["2.6.18-194.el5", false],
    ["2.6.20", false],
    ["2.6.18", true],
  ])(
    "under %s: the sentence on trying again names the kernels that crash",
    async (kernel, starts) => {
      const { report } = await checkBytes(torn, { kernel });
      expect(report.kernel.activates).toBe(starts);
      expect(report.verdict.action).not.toContain("Trying again does not");
      expect(report.verdict.action).toContain(
        `it crashes ${CRASHING}** (kernel BUG at mm/mempool.c)`,
      );
      const crashing = kernelRows(report).find(({ word }) => word === "crashes");
      expect(crashing?.kernels).toBe(CRASHING);
      // The command's text has no rows: the kernels have to stand in its sentences.
      expect(flat(reportText(report, false))).toContain(`it crashes ${CRASHING}`);
    },
  );

  test("the title tells all that kernels do with it", async () => {
    const { report } = await checkBytes(torn);
    expect(report.verdict.title).toBe(
      "Activating this snapshot crashes some old kernels; others refuse it, or start it as invalid",
    );
    expect(new Set(kernelRows(report).map(({ word }) => word))).toEqual(
      new Set(["refuses", "crashes", "starts, invalid"]),
    );
  });

  test("where the header's size is what is taken, no other size in the table is advised", async () => {
    for (const kernel of ["2.6.18", "2.6.20"]) {
      const { verdict } = (await checkBytes(torn, { kernel })).report;
      expect(verdict.action).not.toContain("Give the table the chunk size");
      expect(verdict.cause).not.toContain("the table's chunk size");
    }
  });
});

describe("an invalidated store", () => {
  const bytes = fixtureBytes(fixture("overflow-snapwrite-c8"));

  test.each(["2.6.20", "2.6.21", "2.6.18-8.el5"])(
    "is refused by %s, which has no device to read it from",
    async (kernel) => {
      const { report } = await checkBytes(bytes, { kernel });
      expect(report.kernel.errno).toBe("EINVAL");
      expect(report.verdict.id).toBe("invalidated");
      expect(report.verdict.severity).toBe("fatal");
      expect(report.verdict.title).toBe("The kernel refuses this snapshot: it was invalidated");
      expect(report.verdict.action).not.toContain("/dev/mapper/VG-SNAP-cow");
      expect(report.verdict.action).toContain("without activating it");
    },
  );

  test.each(["2.6.18", "2.6.22", "modern"])("is started by %s, invalid", async (kernel) => {
    const { report } = await checkBytes(bytes, { kernel });
    expect(report.kernel.status).toBe("Invalid");
    expect(report.verdict.severity).toBe("problem");
    expect(report.verdict.title).toContain("every read of it fails");
    expect(report.verdict.action).toContain("if=/dev/mapper/VG-SNAP-cow");
  });
});
