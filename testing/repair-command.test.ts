import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { LevelPlan, RepairPlan } from "../src/protocol/repair.ts";
import { BIN, cowscope } from "./command.ts";
import { fixture, fixtureBytes } from "./fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-repair-"));
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const sha256 = (name: string) =>
  createHash("sha256")
    .update(readFileSync(path(name)))
    .digest("hex");

const repair = (...args: string[]) => cowscope(["repair", ...args], { cwd: folder });

/** A fixture's image under a name of its own. */
function image(id: string, name = `${id}.img`): string {
  writeFileSync(path(name), fixtureBytes(fixture(id)));
  return name;
}

const raced = image("r1-exc0-on-header-c8");
const healthy = image("few-c8");
writeFileSync(path("junk"), Buffer.alloc(8192, "no store at all, and nothing like one. "));

const planOf = (name: string): RepairPlan => JSON.parse(repair(name, "--json").stdout);

describe("the plan", () => {
  test("--json: the contract's keys, every level, the exit code of the image as it is", () => {
    const { status, stdout, stderr } = repair(raced, "--json");
    expect([status, stderr]).toEqual([2, ""]);
    const plan: RepairPlan = JSON.parse(stdout);
    expect(plan).toMatchObject({
      schema: "cowscope.repair/1",
      image: { name: raced, bytes: "32768", sectors: "64" },
      levels: [
        { level: "boot", possible: true, risk: "none" },
        { level: "salvage", possible: true, risk: "high" },
        { level: "surgical", possible: true, risk: "high" },
      ],
    });
    const [boot] = plan.levels;
    // write_header() with valid = 0, version 1 and chunks of 8 sectors; its last 3 bytes were right.
    expect(boot?.patches).toEqual([
      {
        offset: "0",
        before: "0d000000000000000200000000",
        after: "536e4170000000000100000008",
        onDisks: null,
      },
    ]);
    expect(boot?.after?.kernel).toMatchObject({ activates: true, status: "Invalid" });
    expect(boot?.after?.verdict.id).toBe("invalidated");
    expect(boot?.after?.ages.map(({ age }) => age)).toContain("2.6.18");
    for (const { why, brings, loses, riskWhy } of plan.levels) {
      for (const words of [why, brings, loses, riskWhy]) expect(words).toMatch(/^[A-Z].*\.$/s);
    }
  });

  test("of a healthy store it says that there is nothing to do", () => {
    const { status, stdout } = repair(healthy);
    expect(status).toBe(0);
    expect(stdout.match(/: not possible\n {2}There is nothing to do/g)).toHaveLength(3);
  });

  test("--level shows that one alone", () => {
    const { stdout } = repair(raced, "--level", "salvage", "--json");
    expect(JSON.parse(stdout).levels.map(({ level }: LevelPlan) => level)).toEqual(["salvage"]);
  });

  test("what is no store, or nothing at all", () => {
    expect(repair("junk").status).toBe(1);
    expect(repair("junk").stdout).toMatch(/This is no COW store/);
    expect(repair("missing")).toMatchObject({ status: 1, stdout: "" });
    expect(repair(raced, "--level", "all").stderr).toMatch(/takes boot, salvage, surgical/);
    expect(repair(raced, "--out", "x").stderr).toMatch(/--out needs --level/);
  });

  test("a name that a shell would take apart is quoted, and read as it is by the commands", () => {
    const odd = image("r1-exc0-on-header-c8", "a b'$(c).img");
    const plan = planOf(odd);
    const [boot] = plan.levels;
    expect(sh(boot?.commands ?? []).status).toBe(0);
    expect(existsSync(path(`${odd}.repaired`))).toBe(true);
  });
});

const sh = (commands: readonly string[]) =>
  spawnSync("sh", ["-e", "-c", commands.join("\n")], { cwd: folder, encoding: "utf8" });

describe("the printed commands", () => {
  // Torn by the race, header in an area, damaged table, a table of several areas, noise, zeros.
  const stores = [
    "r1-exc0-on-header-c8",
    "r1-exc0-on-header-c32",
    "r4-header-in-area0-c8",
    "w2-torn-magic-a",
    "O0029",
    "O0103",
    "O0135",
    "O0148",
    "O0158",
    "O0177",
  ];
  const levels = stores.flatMap((id) => {
    const name = image(id);
    return planOf(name)
      .levels.filter(({ possible }) => possible)
      .map((plan) => [id, plan.level, name, plan] as const);
  });

  test.each(levels)("%s, %s: make the repaired copy, and undo it", (id, level, name, plan) => {
    const copy = `${name}.repaired`;
    rmSync(path(copy), { force: true });
    expect(repair(name, "--level", level, "--out", "by-command").status).not.toBe(1);
    expect(sh(plan.commands).status).toBe(0);
    expect(sha256(copy)).toBe(sha256("by-command"));
    // A second time there is a copy already, and nothing is done to it.
    expect(sh(plan.commands).status).not.toBe(0);
    expect(sha256(copy)).toBe(sha256("by-command"));
    expect(sh(plan.undo).status).toBe(0);
    expect(sha256(copy)).toBe(fixture(id).sha256);
    rmSync(path(copy));
    expect(sha256(name)).toBe(fixture(id).sha256);
    for (const line of [...plan.commands, ...plan.undo].join("\n").split("\n")) {
      // What a terminal takes as one line (N_TTY_BUF_SIZE).
      expect(line.length).toBeLessThan(4096);
    }
  });

  test.each(levels)("%s, %s: against another image they refuse", (_, __, name, plan) => {
    const copy = `${name}.repaired`;
    rmSync(path(copy), { force: true });
    // The same header bytes, and another store behind them.
    const wrong = fixtureBytes(fixture("both-c8")).slice();
    wrong.set(readFileSync(path(name)).subarray(0, 512));
    const kept = readFileSync(path(name));
    writeFileSync(path(name), wrong);
    const before = sha256(name);
    for (const command of plan.commands) expect(sh([command]).status).not.toBe(0);
    expect(sh(plan.commands).status).not.toBe(0);
    expect(existsSync(path(copy))).toBe(false);
    expect(sha256(name)).toBe(before);
    // Nor do they touch a copy that is not the one they know.
    writeFileSync(path(copy), new Uint8Array(kept.length).fill(0x5a));
    const other = sha256(copy);
    for (const command of [...plan.commands, ...plan.undo]) {
      expect(sh([command]).status).not.toBe(0);
    }
    expect(sha256(copy)).toBe(other);
    writeFileSync(path(name), kept);
    rmSync(path(copy));
  });
});

describe("commands that are pasted into a shell", () => {
  const name = image("r1-exc0-on-header-c8", "pasted.img");
  const copy = `${name}.repaired`;
  const [boot] = planOf(name).levels;
  /** As a terminal hands them over: line by line to an interactive shell, which goes on whatever fails. */
  const paste = (commands: readonly string[]) =>
    spawnSync("bash", ["--norc", "--noprofile", "-i"], {
      cwd: folder,
      encoding: "utf8",
      input: `${[...commands, "echo the shell is still there"].join("\n")}\n`,
    });

  test("where the copy is there already, they say so, change nothing, and leave the shell open", () => {
    // Bytes that the changes would fit: only the name is taken.
    const there = fixtureBytes(fixture("few-c8")).slice();
    there.set(readFileSync(path(name)).subarray(0, 512));
    writeFileSync(path(copy), there);
    const { stdout, stderr } = paste(boot?.commands ?? []);
    expect(stderr).toContain(`stopped: ${copy} is there already, and nothing was done to it`);
    expect(stdout).toContain("the shell is still there");
    expect(readFileSync(path(copy)).equals(there)).toBe(true);
    rmSync(path(copy));
  });

  test("where the image is another one, they say so, and leave no copy", () => {
    const kept = readFileSync(path(name));
    writeFileSync(path(name), fixtureBytes(fixture("few-c8")));
    const { stdout, stderr } = paste(boot?.commands ?? []);
    expect(stderr).toContain(`stopped: ${name} holds other bytes than those that were read`);
    expect(stdout).toContain("the shell is still there");
    expect(existsSync(path(copy))).toBe(false);
    writeFileSync(path(name), kept);
  });

  test("undo says where it would not fit", () => {
    writeFileSync(path(copy), new Uint8Array(readFileSync(path(name)).length));
    const { stderr } = paste(boot?.undo ?? []);
    expect(stderr).toContain(`stopped: ${copy} was not changed at byte 0`);
    rmSync(path(copy));
  });
});

describe("a store inside of disks", () => {
  const bytes = new Uint8Array(
    gunzipSync(readFileSync(new URL("../fixtures/lvm/lvm-a/disk.img.gz", import.meta.url))),
  );
  /** Where vga/snap2seg lies (fixtures/lvm/lvm-a/vgcfg.txt): its second half comes first. */
  const [first, second, half] = [27_262_976, 14_680_064, 1_048_576];
  const whole = Buffer.concat([
    bytes.subarray(first, first + half),
    bytes.subarray(second, second + half),
  ]);
  bytes.fill(0xaa, first, first + 4);
  writeFileSync(path("pv.img"), bytes);
  // For commands that call cowscope itself.
  writeFileSync(path("cowscope"), `#!/bin/sh\nexec node ${BIN} "$@"\n`, { mode: 0o755 });
  const shell = (commands: readonly string[]) =>
    spawnSync("sh", ["-e", "-c", commands.join("\n")], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
    });
  const salvageOf = (...args: string[]): LevelPlan => {
    const { levels } = JSON.parse(repair(...args, "--json").stdout) as RepairPlan;
    const [salvage] = levels.filter(({ level }) => level === "salvage");
    if (!salvage) throw new Error("no salvage");
    return salvage;
  };

  test("is read from its segments, and it is told where its bytes lie on the disk", () => {
    const { patches, commands, undo } = salvageOf("pv.img", "--store", "vga/snap2seg");
    expect(patches).toEqual([
      {
        offset: "0",
        before: "aaaaaaaa",
        after: "536e4170",
        onDisks: [{ image: "pv.img", offset: String(first), bytes: 4 }],
      },
    ]);
    expect(shell(commands).status).toBe(0);
    expect(readFileSync(path("vga-snap2seg.repaired")).equals(whole)).toBe(true);
    expect(shell(undo).status).toBe(0);
    expect(readFileSync(path("vga-snap2seg.repaired"))[0]).toBe(0xaa);
    rmSync(path("vga-snap2seg.repaired"));
    const before = readFileSync(path("pv.img"));
    writeFileSync(path("pv.img"), new Uint8Array(before.length));
    expect(shell(commands).status).not.toBe(0);
    expect(existsSync(path("vga-snap2seg.repaired"))).toBe(false);
    writeFileSync(path("pv.img"), before);
  });

  test("--out writes the store alone, never the disk", () => {
    const before = sha256("pv.img");
    const args = ["pv.img", "--store", "snap2seg", "--level", "salvage"];
    expect(repair(...args, "--out", "alone").status).toBe(0);
    expect(readFileSync(path("alone")).equals(whole)).toBe(true);
    expect(repair(...args, "--out", "pv.img")).toMatchObject({ status: 1, stdout: "" });
    expect(sha256("pv.img")).toBe(before);
  });

  test("of several one has to be named; behind compression a command puts it together", () => {
    expect(repair("pv.img").stderr).toMatch(/There are 4 stores/);
    writeFileSync(path("pv.img.gz"), gzipSync(bytes));
    const { patches, commands } = salvageOf("pv.img.gz", "--store", "vga/snap2seg");
    expect(patches[0]?.onDisks).toBeNull();
    expect(commands[0]).toContain("cowscope extract pv.img.gz --store vga/snap2seg --out");
    expect(shell(commands).status).toBe(0);
    expect(readFileSync(path("vga-snap2seg.repaired")).equals(whole)).toBe(true);
  });
});

describe("--out", () => {
  test("writes the copy and prints its report; the exit code is the copy's", () => {
    const { status, stdout, stderr } = repair(raced, "--level", "boot", "--out", "b", "--json");
    expect(status).toBe(2);
    expect(stderr).toContain("Loses: As long as valid is 0, every read of the snapshot fails");
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "cowscope.report/1",
      image: { name: "b" },
      verdict: { id: "invalidated" },
    });
    const odd = repair(image("O0034"), "--level", "salvage", "--out", "whole");
    expect([odd.status, odd.stderr]).toEqual([0, ""]);
    expect(sha256("whole")).toBe(fixture("consec-c8").sha256);
  });

  /** Both were invalidated by the kernel in the lab, and their origins written to since. */
  const salvaged = [
    ["w1-torn-chunksize0-a", "salvage"],
    ["r1-exc0-on-header-c8", "surgical"],
  ] as const;

  test.each(salvaged)(
    "%s, %s: what the copy must not be used for stands above its report",
    (id, level) => {
      const args = [image(id), "--level", level, "--out", "salvaged"];
      const { stdout: text, stderr: none, status } = repair(...args);
      const checked = cowscope(["check", "salvaged"], { cwd: folder });
      expect([none, status]).toEqual(["", checked.status]);
      // The report of the copy is what a check prints.
      const at = text.indexOf(checked.stdout);
      expect(at).toBeGreaterThan(0);
      const above = text.slice(0, at);

      const words = above.replace(/\s+/g, " ");
      expect(words).toContain(`level ${level}, risk high`);
      expect(words).toContain("Loses: ");
      expect(words).toContain("Do not merge this copy into its origin, read from it only");

      const { stdout, stderr } = repair(...args, "--json");
      expect(stderr).toBe(above);
      // The contract's report, and nothing beside it.
      expect(stdout).toBe(cowscope(["check", "salvaged", "--json"], { cwd: folder }).stdout);
    },
  );

  test("where the kernel never invalidated it, nothing speaks against a merge", () => {
    const { stdout } = repair(image("O0034"), "--level", "salvage", "--out", "whole");
    expect(stdout).toMatch(/^whole: the repaired copy, level salvage, risk low\n/);
    expect(stdout).not.toContain("Do not merge");
  });

  test("where there is nothing to do, the copy is the image, and that is said", () => {
    const { status, stderr } = repair(healthy, "--level", "surgical", "--out", "same");
    expect(status).toBe(0);
    expect(stderr).toMatch(/same is a copy of few-c8.img as it is. There is nothing to do/);
    expect(sha256("same")).toBe(sha256(healthy));
  });

  test("where it cannot be, nothing is written", () => {
    const { status, stdout, stderr } = repair("junk", "--level", "boot", "--out", "none");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/nothing was written. This is no COW store/);
    expect(existsSync(path("none"))).toBe(false);
  });

  test("holes stay holes", () => {
    const name = image("r1-exc0-on-header-c8", "long.img");
    truncateSync(path(name), 64 << 20);
    expect(repair(name, "--level", "boot", "--out", "sparse").status).toBe(2);
    const { size, blocks } = statSync(path("sparse"));
    expect(size).toBe(64 << 20);
    expect(blocks * 512).toBeLessThan(1 << 20);
  });

  describe("never writes to the image that is read", () => {
    const before = sha256(raced);
    symlinkSync(raced, path("soft"));
    symlinkSync("soft", path("softer"));
    linkSync(path(raced), path("hard"));

    test.each([raced, `./${raced}`, "soft", "softer", "hard"])("named as %s", (out) => {
      const { status, stdout, stderr } = repair(raced, "--level", "boot", "--out", out);
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/is an input/);
      expect(sha256(raced)).toBe(before);
      // And the other way round: the image by the other name.
      expect(repair(out, "--level", "boot", "--out", raced).status).toBe(1);
      expect(sha256(raced)).toBe(before);
    });

    test("through /proc/self/fd", () => {
      const descriptor = openSync(path(raced), "r+");
      const args = [BIN, "repair", raced, "--level", "boot", "--out", "/proc/self/fd/3"];
      const { status, stderr } = spawnSync("node", args, {
        encoding: "utf8",
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe", descriptor],
      });
      expect(status).toBe(1);
      expect(stderr).toMatch(/is an input/);
      expect(sha256(raced)).toBe(before);
    });

    test("and no run of it changes the image", () => {
      const time = statSync(path(raced)).mtimeMs;
      for (const level of ["boot", "salvage", "surgical"]) {
        repair(raced, "--level", level);
        repair(raced, "--level", level, "--out", "copy");
      }
      expect(sha256(raced)).toBe(before);
      expect(statSync(path(raced)).mtimeMs).toBe(time);
    });
  });

  test("a place that cannot be written to is a sentence, and an older file there is replaced", () => {
    expect(repair(raced, "--level", "boot", "--out", "no/such/place").stderr).toMatch(
      /could not be written/,
    );
    copyFileSync(path("junk"), path("old"));
    expect(repair(raced, "--level", "boot", "--out", "old").status).toBe(2);
    expect(statSync(path("old")).size).toBe(statSync(path(raced)).size);
  });
});
