import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { PackReport } from "../src/protocol/pack.ts";
import type { RepairPlan } from "../src/protocol/repair.ts";
import { cowscope } from "./command.ts";
import { diskFolder, diskRow } from "./disk-rows.ts";
import { fixture, fixtureBytes } from "./fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-pack-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

const run = (...args: string[]) => cowscope(args, { cwd: folder });

function image(id: string, name = `${id}.img`): string {
  writeFileSync(path(name), fixtureBytes(fixture(id)));
  return name;
}

const sha256 = (name: string) =>
  createHash("sha256")
    .update(readFileSync(path(name)))
    .digest("hex");

const sh = (commands: readonly string[], named: Record<string, string>) =>
  spawnSync("sh", ["-e", "-c", commands.join("\n")], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...named },
  }).status;

const few = image("few-c8");
const raced = image("r1-exc0-on-header-c8");
expect(run("pack", few, "--out", "few.qcow2")).toMatchObject({ status: 0, stderr: "" });

describe("every command opens a bundle like the image", () => {
  test("check and dump say the same, and a diff of both is empty", () => {
    const report = (name: string) => {
      const { image: of, ...rest } = JSON.parse(run("check", "--json", name).stdout);
      return { ...rest, bytes: of.bytes, sectors: of.sectors };
    };
    expect(report("few.qcow2")).toEqual(report(few));
    expect(run("dump", "few.qcow2").stdout).toBe(run("dump", few).stdout);
    expect(run("diff", few, "few.qcow2")).toMatchObject({ status: 0, stderr: "" });
  });

  test.each([
    "r1-exc0-on-header-c8",
    "r3-header-zeroed-c1",
    "w1-torn-chunksize0-a",
    "O0100",
    "O0200",
  ])(
    "a repair of one is planned, and what it says to type mends the image it was made of: %s",
    (id) => {
      const whole = image(id);
      expect(run("pack", whole, "--out", `${id}.qcow2`).status).toBe(0);
      const plan = (name: string): RepairPlan => JSON.parse(run("repair", "--json", name).stdout);
      const levels = plan(`${id}.qcow2`).levels.filter(({ possible }) => possible);
      expect(levels.map(({ level }) => level)).toEqual(
        plan(whole)
          .levels.filter(({ possible }) => possible)
          .map(({ level }) => level),
      );
      expect(levels.length).toBeGreaterThan(0);
      for (const { level, commands, undo } of levels) {
        const [copy = ""] = /of=\S+/.exec(commands[0] ?? "") ?? [];
        const file = copy.slice("of=".length);
        // Nobody has said yet what the image is called where it is.
        expect(sh(commands, {})).not.toBe(0);
        expect(existsSync(path(file))).toBe(false);
        expect(sh(commands, { image: `./${whole}` })).toBe(0);
        const repair = ["repair", whole, "--level", level, "--out", "whole.repaired"];
        expect([0, 2, 3]).toContain(run(...repair).status);
        expect(sha256(file)).toBe(sha256("whole.repaired"));
        expect(sh(undo, {})).toBe(0);
        expect(sha256(file)).toBe(sha256(whole));
        rmSync(path(file));
      }
    },
  );

  test("what it says to type makes nothing where the bundle left out what has to change", () => {
    const whole = image("O0050");
    const made = (...more: string[]) => {
      expect(run("pack", whole, "--out", "slack.qcow2", ...more).status).toBe(0);
      const { levels }: RepairPlan = JSON.parse(run("repair", "--json", "slack.qcow2").stdout);
      return levels.map(({ level, commands }) => {
        const before = new Set(readdirSync(folder));
        const { length } = [sh(commands, { image: whole })].filter((status) => status === 0);
        const copies = readdirSync(folder).filter((name) => !before.has(name));
        for (const copy of copies) rmSync(path(copy));
        expect(copies).toHaveLength(length);
        return [level, length === 1];
      });
    };
    const header = [
      ["boot", true],
      ["salvage", true],
    ];
    // The table is read where the header's chunk size says that the kernel passes over it.
    expect(made()).toEqual([...header, ["surgical", false]]);
    expect(made("--keep-slack")).toEqual([...header, ["surgical", true]]);
  });

  test("what it says to type makes nothing of another image", () => {
    expect(run("pack", raced, "--out", "raced.qcow2").status).toBe(0);
    const { levels }: RepairPlan = JSON.parse(run("repair", "--json", "raced.qcow2").stdout);
    const before = readdirSync(folder);
    for (const { commands } of levels.filter(({ possible }) => possible)) {
      expect(commands.join("\n")).not.toContain("cowscope extract");
      expect(sh(commands, { image: few })).not.toBe(0);
    }
    expect(readdirSync(folder)).toEqual(before);
  });

  test.each([
    ["snapshot", "few.qcow2", "--origin", few, "--out", "no.img"],
    ["extract", "few.qcow2", "--out", "no.img"],
    ["repair", "few.qcow2", "--level", "salvage", "--out", "no.img"],
  ])("%s says that the data is not in it", (...args) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("the store's data is not in it");
    expect(existsSync(path("no.img"))).toBe(false);
  });
});

describe("what is in it", () => {
  test("--json lists the ranges; text says them in words", () => {
    const { stdout } = run("pack", "--json", few, "--out", "few.qcow2");
    const said: PackReport = JSON.parse(stdout);
    expect(said).toMatchObject({
      schema: "cowscope.pack/1",
      bytes: String(readFileSync(path("few.qcow2")).length),
      store: { bytes: String(readFileSync(path(few)).length), chunkSize: 8 },
      facts: [],
      factsKeep: "zeros",
    });
    expect(said.ranges.map(({ what, offset }) => [what, offset])).toEqual([
      ["header", "0"],
      ["area", "4096"],
    ]);
    expect(run("pack", few, "--out", "few.qcow2").stdout).toContain(
      "Not in it: the bytes of data chunks.",
    );
  });

  test("names are hashed unless they are kept", () => {
    const holds = () => readFileSync(path("few.qcow2")).includes("few-c8");
    run("pack", few, "--out", "few.qcow2");
    expect(holds()).toBe(false);
    run("pack", few, "--out", "few.qcow2", "--keep-names");
    expect(holds()).toBe(true);
  });

  test("slack is in it as it is only with --keep-slack", () => {
    const bytes = fixtureBytes(fixture("few-c8")).slice();
    bytes.set(new TextEncoder().encode("left over in memory"), 1024);
    writeFileSync(path("slack.img"), bytes);
    const packed = (...more: string[]) => {
      const { status, stdout } = run(
        ...["pack", "--json", "slack.img", "--out", "slack.qcow2", ...more],
      );
      expect(status).toBe(0);
      const findings = (name: string) => JSON.parse(run("check", "--json", name).stdout).findings;
      expect(findings("slack.qcow2")).toEqual(findings("slack.img"));
      expect(JSON.stringify(findings("slack.img"))).toContain("header.trailing-bytes");
      const holds = readFileSync(path("slack.qcow2")).includes("left over");
      return { holds, said: JSON.parse(stdout) as PackReport };
    };
    const without = packed();
    expect([without.holds, without.said.facts.map(({ what }) => what)]).toEqual([false, ["slack"]]);
    const kept = packed("--keep-slack");
    expect([kept.holds, kept.said.facts]).toEqual([true, []]);
  });
});

describe("no input is written to", () => {
  symlinkSync(few, path("symlink"));
  linkSync(path(few), path("hardlink"));
  const before = sha256(few);
  test.each([few, "symlink", "hardlink", `./${few}`])("--out %s", (out) => {
    const { status, stderr } = run("pack", few, "--out", out);
    expect(status).toBe(1);
    expect(stderr).toContain("it is the image");
    expect(sha256(few)).toBe(before);
  });
});

test("a store of a volume group is packed out of its disk, with its table line", () => {
  const row = diskRow("align");
  const disks = diskFolder(row);
  const name = row.stores[0]?.name ?? "";
  const report = (...args: string[]) => {
    const { image: of, ...rest } = JSON.parse(run("check", "--json", ...args).stdout);
    return { ...rest, bytes: of.bytes };
  };
  const call = ["pack", ...disks, "--store", name, "--out", "disk.qcow2"];
  expect(run(...call, "--keep-names")).toMatchObject({ status: 0, stderr: "" });
  const whole = report(...disks, "--store", name);
  expect(whole.options.tableChunkFrom).toBe("lvm");
  expect(report("disk.qcow2")).toEqual(whole);
  const [vg = "none"] = name.split("/");
  const named = () => readFileSync(path("disk.qcow2")).includes(`"vg":"${vg}"`);
  expect(named()).toBe(true);
  expect(run(...call).status).toBe(0);
  expect(named()).toBe(false);
  expect(report("disk.qcow2").options).toEqual(whole.options);
});

test("what cannot be packed is said in one sentence", () => {
  writeFileSync(path("junk"), Buffer.alloc(8192, "no store at all, and nothing like one. "));
  writeFileSync(path("short"), "SnAp");
  for (const args of [
    ["junk", "--out", "x"],
    ["short", "--out", "x"],
    [few],
    ["none", "--out", "x"],
  ]) {
    const { status, stdout, stderr } = run("pack", ...args);
    expect([status, stdout, stderr.trim().split("\n").length], args.join(" ")).toEqual([1, "", 1]);
  }
  expect(existsSync(path("x"))).toBe(false);
});
