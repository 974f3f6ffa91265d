import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { buildIsStale } from "../scripts/lib/freshness.mjs";
import { isOlder } from "../scripts/lib/project.mjs";
import { add, NOTHING, playwrightResults, vitestResults } from "../scripts/lib/results.mjs";
import { runSteps, timeTable } from "../scripts/lib/steps.mjs";

const folder = mkdtempSync(join(tmpdir(), "cowscope-scripts-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown = "", time = 1000): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  utimesSync(path, time, time);
  return path;
}

test.each([
  ["20.19.0", "20.19", false],
  ["20.18.9", "20.19", true],
  ["18.20.0", "20.19", true],
  ["22.1.0", "20.19", false],
])("Node %s is older than %s: %s", (version, wanted, older) => {
  expect(isOlder(version, wanted)).toBe(older);
});

describe("what npm test counts", () => {
  test("tests that ran, and a test file that could not be loaded", () => {
    const unit = file("unit.json", {
      ...{ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 },
      testResults: [
        { status: "passed", assertionResults: [{}] },
        { status: "failed", assertionResults: [{}] },
        { status: "failed", assertionResults: [] },
      ],
    });
    expect(vitestResults(unit)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  test("a flaky end-to-end test and an error outside of any test have failed", () => {
    const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 3 };
    const e2e = file("e2e.json", { stats, errors: [{}] });
    expect(playwrightResults(e2e)).toEqual({ passed: 7, failed: 3, skipped: 3 });
  });

  test("a runner that left no results has passed nothing", () => {
    expect(add(vitestResults(join(folder, "none")), NOTHING)).toEqual(NOTHING);
  });
});

describe("the steps of npm test", () => {
  test("a table says what each took, and all of them", () => {
    expect(timeTable([["lint", 1.26] as const, ["unit tests", 100] as const])).toBe(
      ["lint           1.3 s", "unit tests   100.0 s", "in all       101.3 s"].join("\n"),
    );
  });

  test("the first that fails is the last that runs, and stands in the table", async () => {
    const said: string[] = [];
    const ran: string[] = [];
    const step = (name: string, ok: boolean) =>
      [name, () => ran.push(name) > 0 && ok] as [string, () => boolean];
    const failed = await runSteps([step("a", true), step("b", false), step("c", true)], (line) =>
      said.push(line),
    );
    expect(failed).toBe("b");
    expect(ran).toEqual(["a", "b"]);
    expect(said.at(-1)).toMatch(/^\na +[\d.]+ s\nb, FAILED +[\d.]+ s\nin all +[\d.]+ s$/);
  });
});

describe("whether npm start must build", () => {
  const output = file("output", "", 2000);

  test("not while every output is newer than every source", () => {
    expect(buildIsStale([file("older", "", 1999)], [output])).toBe(false);
  });

  test("when a source is newer, deep in a folder too", () => {
    const sources = join(folder, "sources");
    mkdirSync(join(sources, "deep"), { recursive: true });
    file("sources/deep/newer.ts", "", 2001);
    for (const path of ["sources/deep", "sources"]) utimesSync(join(folder, path), 1000, 1000);
    expect(buildIsStale([sources], [output])).toBe(true);
  });

  test("when an output is missing", () => {
    expect(buildIsStale([], [output, join(folder, "missing")])).toBe(true);
  });
});
