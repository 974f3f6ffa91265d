import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { COPY, REMOVE, WAY_OUT } from "../src/explain/verdict/advice.ts";
import type { AdviceStep } from "../src/protocol/report.ts";
import { checkBytes } from "./check-bytes.ts";
import { sha256 } from "./digest.ts";
import { FIXTURES, fixture, fixtureBytes } from "./fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-advice-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (command: string, cwd = folder) =>
  spawnSync("sh", ["-e", "-c", command], { cwd, encoding: "utf8" });
const commandsOf = (steps: readonly AdviceStep[]) => steps.flatMap(({ commands }) => commands);

/** lvm-a: made by LVM; `reads.txt` is what the kernel read from each mapped device. */
const LVM_A = new URL("../fixtures/lvm/lvm-a/", import.meta.url);
const readByKernel = (device: string): string => {
  const lines = readFileSync(new URL("reads.txt", LVM_A), "utf8").split("\n");
  const line = lines.find((text) => text.startsWith(`${device} `)) ?? "";
  return JSON.parse(line.slice(device.length)).sha256;
};

describe("the way out: the COW device's bytes without activating", () => {
  const disk = join(folder, "pv.img");
  writeFileSync(disk, gunzipSync(readFileSync(new URL("disk.img.gz", LVM_A))));
  /** What begins a copy, copies a segment and names the copy, without the # that a paste stops at. */
  const [begin = "", segment = "", name = ""] = commandsOf(WAY_OUT)
    .filter((command) => command.includes("cow.img"))
    .map((command) => command.replace("# ", ""));
  // As `lvs` and `pvs` print them with --units b --nosuffix (shared corpus: lvs.txt, vgcfg.txt).
  const [peStart, extent] = [2048 * 512, 512 * 512];
  const volumes = {
    "vga-snap-cow": [{ start: 0, size: 8 * extent, first: 40 }],
    "vga-snap2seg-cow": [
      { start: 0, size: 4 * extent, first: 100 },
      { start: 4 * extent, size: 4 * extent, first: 52 },
    ],
    "vga-snaptiny-cow": [{ start: 0, size: extent, first: 60 }],
    "vga-snaprw-cow": [{ start: 0, size: 6 * extent, first: 61 }],
  };

  const filledIn = ({ start, size, first }: (typeof volumes)["vga-snap-cow"][number]): string =>
    segment
      .replace("if=PV", `if=${disk}`)
      .replace("PE_START", String(peStart))
      .replace("FIRST_EXTENT", String(first))
      .replace("EXTENT_SIZE", String(extent))
      .replace("((SIZE))", `((${size}))`)
      .replace("((START))", `((${start}))`);

  test.each(Object.entries(volumes))("%s as the kernel read it", (device, segments) => {
    const at = mkdtempSync(join(folder, `${device}-`));
    // Of an attempt that broke off, and of something longer: none of it is in the copy.
    writeFileSync(join(at, "cow.img.part"), "x".repeat(16 * extent));
    for (const command of [begin, ...segments.map(filledIn), name]) {
      expect(run(command, at).status, command).toBe(0);
    }
    expect(sha256(readFileSync(join(at, "cow.img")))).toBe(readByKernel(device));
    expect(readdirSync(at)).toEqual(["cow.img"]);
  });

  test("a copy that was made before stays as it is, also where all is pasted as one block", () => {
    const at = mkdtempSync(join(folder, "before-"));
    writeFileSync(join(at, "cow.img"), "precious");
    const typed = [begin, ...volumes["vga-snap2seg-cow"].map(filledIn), name];
    for (const command of typed) expect(run(command, at).status, command).not.toBe(0);
    // A terminal goes on after a line that failed.
    spawnSync("sh", { cwd: at, input: `${typed.join("\n")}\n` });
    expect(readFileSync(join(at, "cow.img"), "utf8")).toBe("precious");
    expect(readdirSync(at)).toEqual(["cow.img"]);
  });
});

test("the copy is the device's bytes, and an earlier copy is never overwritten", () => {
  const device = join(folder, "device");
  writeFileSync(device, fixtureBytes(fixture("few-c8")));
  const [command = ""] = COPY.commands;
  const typed = command.replace("/dev/mapper/VG-SNAP-cow", device);
  expect(run(typed).status).toBe(0);
  expect(readFileSync(join(folder, "cow.img"))).toEqual(readFileSync(device));
  writeFileSync(device, new Uint8Array(4096));
  expect(run(typed).status).not.toBe(0);
  expect(sha256(readFileSync(join(folder, "cow.img")))).toBe(fixture("few-c8").sha256);
});

describe("a cut store", () => {
  /** multi-c4 cut right behind its first, full area: the kernel asks for area 1 and gets -EIO. */
  const whole = fixtureBytes(fixture("multi-c4"));
  const cut = whole.slice(0, (1 + 1 + 128) * 4 * 512);

  test("may be lengthened on a copy only, is said to lose data, and is never harmless then", async () => {
    const { report } = await checkBytes(cut);
    expect(report.verdict.id).toBe("refused-io");
    const step = report.verdict.steps.find(({ commands }) => commands.join().includes("truncate"));
    expect(step?.destroys).toMatch(/silently/);
    const before = report.verdict.steps.indexOf(step as AdviceStep);
    expect(commandsOf(report.verdict.steps.slice(0, before)).join()).toMatch(/dd if=/);

    const at = mkdtempSync(join(folder, "cut-"));
    writeFileSync(join(at, "cow.img"), cut);
    // Pasted whole it copies, and changes nothing else.
    expect(run((step?.commands ?? []).join("\n"), at).status).toBe(0);
    expect(sha256(readFileSync(join(at, "cow.img")))).toBe(sha256(cut));
    expect(sha256(readFileSync(join(at, "copy.img")))).toBe(sha256(cut));
    expect(run((step?.commands.at(-1) ?? "").replace("# ", ""), at).status).toBe(0);

    const after = (await checkBytes(readFileSync(join(at, "copy.img")))).report;
    expect(after.kernel.activates).toBe(true);
    expect(after.verdict.id).toBe("full");
    expect(after.verdict.severity).toBe("problem");
    expect(after.findings.map(({ code }) => code)).toContain("store.ends-behind-full-area");
  });
});

test("what destroys is never typed by a paste, and comes behind a copy", async () => {
  for (const name of ["few-c8", "overflow-snapwrite-c8", "full1-c8-cow259"]) {
    for (const magic of [null, 0x12345678]) {
      const bytes = fixtureBytes(fixture(name)).slice();
      if (magic !== null) new DataView(bytes.buffer).setUint32(0, magic, true);
      const { steps } = (await checkBytes(bytes)).report.verdict;
      const typed = commandsOf(steps);
      const destructive = typed.findIndex((command) => /lvremove|truncate|lvextend/.test(command));
      for (const command of typed) {
        if (/lvremove|truncate|lvextend|lvreduce|dmsetup|mkfs/.test(command)) {
          expect(command).toMatch(/^# /);
        }
      }
      if (destructive >= 0) expect(typed.slice(0, destructive).join()).toMatch(/dd if=/);
    }
  }
  expect(REMOVE.destroys).not.toBeNull();
});

test("every command is one that a shell can read", () => {
  for (const command of commandsOf([COPY, REMOVE, ...WAY_OUT])) {
    const text = command.replace(/^# (or read it in place: )?/, "");
    expect(spawnSync("sh", ["-n", "-c", text]).status).toBe(0);
  }
});

describe("a right header, put into a copy as it is printed", () => {
  /** Each was left by the race; `.hdr1` is the same store with its header rewritten by hand. */
  const raced = FIXTURES.filter(({ id }) => FIXTURES.some((row) => row.id === `${id}.hdr1`));

  test.each(raced.map((row) => [row.id, row] as const))("%s", async (id, row) => {
    const steps = (await checkBytes(fixtureBytes(row))).report.verdict.steps;
    const step = steps.find(({ commands }) => commands.join().includes("printf"));
    // Where the header is as the kernel wanted it, there is nothing to put right.
    if (!step) return expect((await checkBytes(fixtureBytes(row))).report.header?.valid).toBe(0);
    const at = mkdtempSync(join(folder, "header-"));
    writeFileSync(join(at, "cow.img"), fixtureBytes(row));
    expect(run(step.commands.join("\n"), at).status).toBe(0);
    expect(readFileSync(join(at, "copy.img"))).toEqual(Buffer.from(fixtureBytes(row)));
    expect(run((step.commands.at(-1) ?? "").replace("# ", ""), at).status).toBe(0);
    const [mended, byHand] = [
      readFileSync(join(at, "copy.img")),
      fixtureBytes(fixture(`${id}.hdr1`)),
    ];
    const fields = (bytes: Uint8Array) => [...bytes.subarray(0, 4), ...bytes.subarray(8, 16)];
    expect(fields(mended)).toEqual(fields(byHand));
    expect((await checkBytes(mended)).report.verdict.id).toBe("invalidated");
    return expect(sha256(readFileSync(join(at, "cow.img")))).toBe(row.sha256);
  });
});
