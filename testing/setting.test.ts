import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { AdviceStep, Report } from "../src/protocol/report.ts";
import { BIN, cowscope } from "./command.ts";
import { sha256 } from "./digest.ts";
import { diskFolder, diskRow } from "./disk-rows.ts";
import { jsonLines } from "./json-lines.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-setting-"));
afterAll(() => rmSync(folder, { recursive: true }));

const MERGE = new URL("../fixtures/lvm/lvm-merge/", import.meta.url);
const interrupted = join(folder, "interrupted.img");
writeFileSync(
  interrupted,
  gunzipSync(readFileSync(new URL("disk-merge-interrupted.img.gz", MERGE))),
);
const [scheduled = ""] = diskFolder(diskRow("merge-scheduled"));
const afterMerge: { sha256: string } = JSON.parse(
  readFileSync(new URL("root-after-merge.json", MERGE), "utf8"),
);
/** The lab's read of the origin once a later activation had merged: `reactivated` in the row. */
const reactivated = diskRow("merge-scheduled").stores.find(({ merging }) => merging);

const reportsOf = (...args: string[]): Report[] =>
  jsonLines<Report>(cowscope(["check", "--json", ...args]).stdout).filter(
    ({ verdict }) => verdict !== undefined,
  );
const commandsOf = (steps: readonly AdviceStep[]) => steps.flatMap(({ commands }) => commands);

describe("a store that LVM is to merge into its origin", () => {
  const cases = [
    [scheduled, "vgmerge/back", reactivated?.snapshot_sha256],
    [interrupted, "vgc/snap", afterMerge.sha256],
  ] as const;

  test.each(cases)("%s: the verdict says so, and what activation does", (disk, store) => {
    const { status, stdout } = cowscope(["check", disk, "--store", store]);
    const text = stdout.replace(/\s+/g, " ");
    expect(status).toBe(0);
    expect(text).toContain("its merge into the origin is scheduled or under way");
    expect(text).toContain("the kernel then overwrites the origin");
    expect(text).not.toContain("Nothing needs to be done");
    const [report] = reportsOf(disk, "--store", store);
    expect(report).toMatchObject({
      lvm: { merging: true },
      verdict: { id: "healthy", severity: "ok" },
      kernel: { activates: true, merge: { outcome: "merges" } },
      findings: [],
    });
  });

  test.each(cases)("%s: what destroys is said first, and never typed by a paste", (disk, store) => {
    const steps = reportsOf(disk, "--store", store)[0]?.verdict.steps ?? [];
    for (const command of commandsOf(steps)) expect(command).toMatch(/^# /);
    const goesOn = steps.find(({ commands }) => commands.join().includes("vgchange -ay"));
    expect(goesOn?.destroys).toContain("what the origin holds now");
    expect(goesOn?.commands[0]).toBe(`# vgchange -ay ${store.split("/")[0]}`);
    const before = commandsOf(steps.slice(0, steps.indexOf(goesOn as AdviceStep)));
    expect(before.join()).toContain("dd if=DISK of=disk.img");
  });

  test.each(cases)(
    "%s: what is typed before is what the kernel made of the origin",
    (disk, store, merged) => {
      const at = join(folder, store.replace("/", "-"));
      mkdirSync(at);
      writeFileSync(join(at, "cowscope"), `#!/bin/sh\nexec node ${BIN} "$@"\n`, { mode: 0o755 });
      const steps = reportsOf(disk, "--store", store)[0]?.verdict.steps ?? [];
      const typed = commandsOf(steps)
        .filter((command) => /^# (dd|cowscope) /.test(command))
        .map((command) => command.slice(2).replace("if=DISK", `if=${disk}`));
      expect(typed).toHaveLength(2);
      const env = { ...process.env, PATH: `${at}:${process.env.PATH}` };
      const run = spawnSync("sh", ["-e", "-c", typed.join("\n")], {
        cwd: at,
        env,
        encoding: "utf8",
      });
      expect(run.status).toBe(0);
      expect(sha256(readFileSync(join(at, "merged.img")))).toBe(merged);
    },
  );

  test("other stores of the same disk are what they were, and outside of LVM nothing is known", () => {
    const [keep] = reportsOf(scheduled, "--store", "vgmerge/keep");
    expect(keep?.lvm).toEqual({ merging: false });
    expect(keep?.verdict.title).toBe("This snapshot activates, and nothing is wrong with it");
    const [bare] = reportsOf(...diskFolder(diskRow("bare-partition")));
    expect(bare?.lvm).toBeNull();
  });

  test("a bundle of it says the same", () => {
    const out = join(folder, "merging.qcow2");
    cowscope(["pack", scheduled, "--store", "vgmerge/back", "--out", out]);
    const [packed] = reportsOf(out);
    const [report] = reportsOf(scheduled, "--store", "vgmerge/back");
    expect(packed?.verdict.title).toBe(report?.verdict.title);
    expect(packed?.lvm).toEqual({ merging: true });
  });
});

describe("a store of which a part is not there", () => {
  const cases = [
    ["mbr-cut", "vgmbr/before", /copy it again, whole/, /all disks|missing one/],
    ["two-pv-only-0", "vgtwo/s_4k", /Hand over all disks .* the missing one too/, /copy it again/],
  ] as const;

  test.each(cases)(
    "%s is a problem, and what would make it whole is said",
    (id, store, todo, never) => {
      const disks = diskFolder(diskRow(id));
      const { status, stdout, stderr } = cowscope(["check", ...disks, "--store", store]);
      expect(status).toBe(2);
      const text = stdout.replace(/\s+/g, " ");
      expect(text).toContain(
        "problem: Not all of this store is here; what was read of it is in order",
      );
      expect(text).not.toContain("nothing is wrong with it");
      expect(text).not.toContain("Nothing needs to be done");
      for (const said of [text, stderr]) {
        expect(said).toMatch(todo);
        expect(said).not.toMatch(never);
      }
      const [report] = reportsOf(...disks, "--store", store);
      expect(report).toMatchObject({
        verdict: { severity: "problem" },
        kernel: { activates: true, errno: null },
        findings: [{ code: "store.incomplete", severity: "problem" }],
        findingCounts: { "store.incomplete": "1" },
      });
    },
  );

  test("what is wrong besides is still what the verdict is about", () => {
    const disks = diskFolder(diskRow("two-pv-only-0"));
    const whole = diskFolder(diskRow("two-pv"));
    // All of it lies on the disk that is there.
    const [over] = reportsOf(...disks, "--store", "vgtwo/s_over");
    expect(over?.verdict).toEqual(reportsOf(...whole, "--store", "vgtwo/s_over")[0]?.verdict);
    for (const report of reportsOf(...disks)) {
      const lacks = report.findings.some(({ code }) => code === "store.incomplete");
      expect(report.verdict.severity === "ok" && lacks).toBe(false);
    }
  });

  test("a bundle of it is no whole one", () => {
    const out = join(folder, "part.qcow2");
    const disks = diskFolder(diskRow("two-pv-only-0"));
    cowscope(["pack", ...disks, "--store", "vgtwo/s_4k", "--out", out]);
    const [packed] = reportsOf(out);
    expect(packed?.findings.map(({ code }) => code)).toEqual(["store.incomplete"]);
  });
});
