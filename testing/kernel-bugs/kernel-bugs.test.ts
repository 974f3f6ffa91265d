import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkBytes } from "../check-bytes.ts";
import { sha256 } from "../digest.ts";
import { fixture, fixtureBytes } from "../fixtures.ts";
import { bootedRows } from "../kernel-rows.ts";
import { snapshotOf } from "../read-snapshot.ts";
import { recordedOutcome } from "../recorded-outcome.ts";
import { REPRODUCERS, reproducer } from "./reproducers.ts";

const PAGE = readFileSync("docs/kernel-bugs.md", "utf8");

async function under(name: string, kernel: string) {
  const { cow, origin, tableChunk } = reproducer(name);
  const options = { tableChunk, kernel, originSectors: BigInt(origin.length / 512) };
  const { writes: _w, merge: _m, ...outcome } = (await checkBytes(cow, options)).report.kernel;
  const snapshot = await snapshotOf(cow, origin, options);
  return { outcome, sha256: snapshot?.sha256 ?? null };
}

/** What a booted kernel did with these very bytes. */
function recorded(name: string, kernel: string) {
  const { cow, tableChunk } = reproducer(name);
  const own = bootedRows().filter((row) => row.kernel === kernel && row.sha256 === sha256(cow));
  const row = own.find((one) => one.tableChunk === tableChunk);
  if (!row) throw new Error(`${kernel} was never given ${name}`);
  return { outcome: recordedOutcome(row), sha256: row.sha256Snapshot };
}

test("every reproducer is told of", () => {
  for (const { name } of REPRODUCERS) expect(PAGE).toContain(`npm run kernel-bug -- ${name} `);
});

describe("run overflow", () => {
  test("the store is the one whose log is printed", async () => {
    const { cow } = reproducer("run-overflow");
    expect(sha256(cow)).toBe(sha256(fixtureBytes(fixture("bug-consecutive-overflow"))));
    const { outcome } = await under("run-overflow", "6.1.192");
    expect(PAGE).toContain(`] ${outcome.crash}!\n`);
    expect(outcome.activates).toBe(false);
  });

  test.each(["5.10.262", "6.12.117"])("%s died of it, where it is foretold", async (kernel) => {
    const said = await under("run-overflow-small", kernel);
    expect(said).toEqual(recorded("run-overflow-small", kernel));
    expect(PAGE).toContain(`| ${kernel} | ${said.outcome.crash} |`);
  });
});

describe("the unsorted list", () => {
  test.each(["5.10.262", "6.12.117"])("%s reads another duplicate", async (kernel) => {
    const said = await under("unsorted-duplicate", kernel);
    expect(said).toEqual(recorded("unsorted-duplicate", kernel));
    expect(PAGE).toContain(`| ${kernel} | ${said.outcome.status} | ${said.sha256} |`);
  });

  test.each(["unsorted-lives", "unsorted-dies"])("%s: one kernel dies, one lives", async (name) => {
    const crashes: (string | null)[] = [];
    for (const kernel of ["5.10.262", "6.12.117"]) {
      const said = await under(name, kernel);
      expect(said, kernel).toEqual(recorded(name, kernel));
      const { crash, status } = said.outcome;
      expect(PAGE).toContain(`| ${name} | ${kernel} | ${crash ?? status} |`);
      crashes.push(crash);
    }
    expect(crashes.filter((crash) => crash === null)).toHaveLength(1);
  });
});

describe("the double vfree", () => {
  test("its store makes alloc_area ask for three gibibytes, as the log says", async () => {
    const { outcome } = await under("double-vfree", "6.1.192");
    expect(outcome.dmesg[0]).toContain("chunk size 2097152 in device metadata");
    expect(PAGE).toContain(`] ${outcome.dmesg[0]}\n`);
  });

  test("what is printed where an allocation fails is what -ENOMEM comes to", async () => {
    const { outcome } = await under("double-vfree", "2.6.20");
    const line = outcome.dmesg.find((one) => one.includes("Failed to read snapshot metadata"));
    expect(outcome.errno).toBe("ENOMEM");
    expect(PAGE).toContain(`${line?.replace("MAJ:MIN", "253:0")} (-ENOMEM)\n`);
  });
});
