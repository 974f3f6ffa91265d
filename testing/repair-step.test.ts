import { describe, expect, test } from "vitest";
import { makePlan } from "../src/explain/repair/plan.ts";
import { reportText } from "../src/explain/report/report-text.ts";
import { checkBytes } from "./check-bytes.ts";
import { sha256 } from "./digest.ts";
import { FIXTURES, fixture, fixtureBytes } from "./fixtures.ts";
import { planBytes } from "./repair.ts";

/** What a check says of a repair, against the plan that is then made: the levels at no or low risk. */
async function saidAndPlanned(bytes: Uint8Array) {
  const { report } = await checkBytes(bytes);
  const typed = { from: { kind: "image", image: "a" }, copy: "b" } as const;
  const plan = makePlan("a", await planBytes(bytes), typed, sha256);
  const sure = plan.levels.filter(({ risk }) => risk === "low" || risk === "none");
  return { report, sure: sure.map(({ level }) => level) };
}

describe("what a check says of a repair", () => {
  test.each(FIXTURES.map((row) => [row.id, row] as const))(
    "of %s is what its plan has",
    async (_, row) => {
      const { report, sure } = await saidAndPlanned(fixtureBytes(row));
      const step = report.verdict.steps.find(({ by }) => by === "repair");
      if (step?.text.includes("(salvage)")) expect(sure).toContain("salvage");
      if (step?.text.includes("(boot)")) expect(sure).toContain("boot");
      const { id } = report.verdict;
      if (id === "damaged") expect(step).toBeDefined();
      // What activates and reads right needs no repair, whatever could be tidied.
      if (report.kernel.activates && report.kernel.writes.length === 0) return;
      if (sure.length > 0) expect(step?.text).toMatch(/\((salvage\).*at low|boot\).*at no) risk/);
    },
  );
});

test("a wrong chunk size in the header is put right first, not read around", async () => {
  // O0051 of the shared corpus: consec-c8 with 512 in its header's chunk_size.
  const bytes = fixtureBytes(fixture("consec-c8")).slice();
  new DataView(bytes.buffer).setUint32(12, 512, true);
  const { report, sure } = await saidAndPlanned(bytes);
  expect(sure).toContain("salvage");
  const [, first] = report.verdict.steps;
  expect(first?.by).toBe("repair");
  expect(first?.text).toContain("with chunk size 8");
  expect(report.verdict.action).not.toContain("mount -o ro");
  const lines = reportText(report, false).split("\n");
  expect(lines).toContain("    cowscope repair IMAGE");
  // The table's chunk numbers are data that were read as a table.
  expect(lines.join("\n")).toContain("nonsense, because the table is");
  expect(lines.join("\n")).not.toMatch(/\d{6,} %/);
});
