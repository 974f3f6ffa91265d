import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { LevelPlan, RepairLevel, RepairPlan } from "../src/protocol/repair.ts";
import { BIN, cowscope } from "./command.ts";
import { sha256 } from "./digest.ts";
import { fixture, fixtureBytes } from "./fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-with-copy-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

/** lvm-a, made by LVM: `reads.txt` is what the kernel read from each device of it. */
const LVM_A = new URL("../fixtures/lvm/lvm-a/", import.meta.url);
const whole = gunzipSync(readFileSync(new URL("disk.img.gz", LVM_A)));
const readByKernel = (device: string): string => {
  const lines = readFileSync(new URL("reads.txt", LVM_A), "utf8").split("\n");
  const line = lines.find((text) => text.startsWith(`${device} `)) ?? "";
  return JSON.parse(line.slice(device.length)).sha256;
};
/** Where vga/snap2seg begins (vgcfg.txt); its magic is broken, so that it is refused. */
const STORE_AT = 27_262_976;
const broken = Buffer.from(whole);
broken.fill(0xaa, STORE_AT, STORE_AT + 4);
writeFileSync(path("pv.img"), broken);
writeFileSync(path("raced.img"), fixtureBytes(fixture("r1-exc0-on-header-c8")));
writeFileSync(path("cowscope"), `#!/bin/sh\nexec node ${BIN} "$@"\n`, { mode: 0o755 });

function levelOf(level: RepairLevel, ...args: string[]): LevelPlan {
  const { stdout } = cowscope(["repair", ...args, "--json"], { cwd: folder });
  const { levels } = JSON.parse(stdout) as RepairPlan;
  const found = levels.find((plan) => plan.level === level);
  if (!found) throw new Error(`no level ${level}`);
  return found;
}

const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
const sh = (commands: readonly string[]) =>
  spawnSync("sh", ["-e", "-c", commands.join("\n")], { cwd: folder, encoding: "utf8", env });
const commandsOf = ({ next }: LevelPlan) => next.flatMap(({ commands }) => commands);

const salvage = levelOf("salvage", "pv.img", "--store", "vga/snap2seg");
expect(sh(salvage.commands).status).toBe(0);
cowscope(["extract", "pv.img", "--store", "vga/snap2seg", "--origin", "--out", "origin.img"], {
  cwd: folder,
});

describe("a repaired copy of a store of a volume group", () => {
  const [image, device, back] = salvage.next;
  const origin = "/dev/vga/root";

  test("is read as one image: what the kernel read from the snapshot before it was broken", () => {
    const [command = ""] = image?.commands ?? [];
    expect(command).toContain(`--origin ${origin} `);
    expect(sh([command.replace(origin, "origin.img")]).status).toBe(0);
    expect(sha256(readFileSync(path("snapshot.img")))).toBe(readByKernel("vga-snap2seg"));
  });

  /** The tools that need root, which write down what they are told. */
  function stubs(dmsetup: 0 | 1): void {
    const told = 'echo "$(basename $0) $*" >>told';
    const stub = (name: string, then: string) =>
      writeFileSync(path(name), `#!/bin/sh\n${told}\n${then}\n`, { mode: 0o755 });
    writeFileSync(path("told"), "");
    stub("losetup", 'case "$1" in --find) echo /dev/loop7 ;; esac');
    stub("blockdev", "echo 16384");
    stub("dmsetup", `exit ${dmsetup}`);
  }
  const told = () => readFileSync(path("told"), "utf8").trim().split("\n");
  const [typed = ""] = device?.commands ?? [];
  // No test has a block device.
  const overFile = typed.replace(origin, "origin.img").replace("[ -b ", "[ -f ");

  test("is read by the kernel over a loop device and a table that are both read-only", () => {
    stubs(0);
    expect(sh([overFile]).status).toBe(0);
    const [loop, dmsetup] = told();
    expect(loop).toBe("losetup --find --show --read-only vga-snap2seg.repaired");
    // The chunk size (vgcfg.txt), and the length of the snapshot as LVM's metadata have it.
    expect(dmsetup).toMatch(
      /^dmsetup create cow-copy --readonly --table 0 \d+ snapshot origin\.img \/dev\/loop7 P 32$/,
    );
    const sectors = statSync(path("origin.img")).size / 512;
    expect(dmsetup).toContain(`--table 0 ${sectors} snapshot`);
  });

  test("where the kernel does not take it, the loop device is given back, and the shell stays open", () => {
    stubs(1);
    const { status, stdout, stderr } = spawnSync("bash", ["--norc", "--noprofile", "-i"], {
      cwd: folder,
      encoding: "utf8",
      env,
      input: `${overFile}\necho the shell is still there\n`,
    });
    expect([status, stdout]).toEqual([0, expect.stringContaining("the shell is still there")]);
    expect(stderr).toContain("stopped: the kernel does not take it");
    expect(told().at(-1)).toBe("losetup -d /dev/loop7");
  });

  test("where the origin is not there, nothing is done", () => {
    stubs(0);
    const { status, stderr } = sh([typed]);
    expect(status).not.toBe(0);
    expect(stderr).toContain(`stopped: ORIGIN is no block device: ${origin}`);
    expect(told()).toEqual([""]);
  });

  test("is put back segment by segment: the disk is then what it was before it was broken", () => {
    expect(back?.destroys).toContain("what stands on the COW device now");
    const template = back?.commands.at(-1) ?? "";
    expect(back?.commands[0]).toContain("vga/snap2seg");
    const [peStart, extent] = [2048 * 512, 512 * 512];
    writeFileSync(path("target.img"), broken);
    for (const { start, first } of [
      { start: 0, first: 100 },
      { start: 4 * extent, first: 52 },
    ]) {
      const command = template
        .replace("# ", "")
        .replace("of=PV", "of=target.img")
        .replace("PE_START", String(peStart))
        .replace("FIRST_EXTENT", String(first))
        .replace("EXTENT_SIZE", String(extent))
        .replace("((SIZE))", `((${4 * extent}))`)
        .replace("((START))", `((${start}))`);
      expect(sh([command]).status).toBe(0);
    }
    expect(sha256(readFileSync(path("target.img")))).toBe(sha256(whole));
  });
});

describe("whatever the copy", () => {
  const plans = [
    salvage,
    ...(["boot", "salvage", "surgical"] as const).map((level) => levelOf(level, "raced.img")),
  ];

  test("what writes to a device stands behind a #, and what it destroys before it", () => {
    for (const { next } of plans) {
      for (const { commands, destroys } of next) {
        const writes = commands.filter((command) => /\bof=/.test(command));
        for (const command of writes) expect(command).toMatch(/^# dd /);
        expect(writes.length > 0).toBe(destroys !== null);
      }
    }
  });

  test("every command is one that a shell can read", () => {
    for (const command of plans.flatMap(commandsOf)) {
      expect(spawnSync("bash", ["-n", "-c", command.replace(/^# /, "")]).status).toBe(0);
    }
  });

  test("that boots only is put back, not read; one of an invalidated snapshot is never to be merged", () => {
    const [, boot, raced] = plans;
    expect(boot?.next).toHaveLength(1);
    expect(raced?.next).toHaveLength(3);
    expect(raced?.next.at(-1)?.destroys).toContain("it must not be merged");
    expect(boot?.next.at(-1)?.destroys).not.toContain("merged");
  });

  test("an origin that nobody knows is asked for", () => {
    const { next } = levelOf("salvage", "raced.img");
    expect(next[0]?.commands[0]).toMatch(/^# cowscope snapshot .* --origin \/dev\/VG\/ORIGIN /);
    expect(sh([next[1]?.commands[0] ?? ""]).stderr).toContain(
      "stopped: ORIGIN is no block device: not set",
    );
  });

  test("the copy that was written is the one that is spoken of, behind its report", () => {
    const args = ["raced.img", "--level", "salvage", "--out", "mended.img"];
    const { stdout } = cowscope(["repair", ...args], { cwd: folder });
    const checked = cowscope(["check", "mended.img"], { cwd: folder }).stdout;
    const behind = stdout.slice(stdout.indexOf(checked) + checked.length);
    expect(behind).toContain("losetup --find --show --read-only mended.img");
    expect(behind).toContain("# dd if=mended.img of=COW_DEVICE");
  });
});
