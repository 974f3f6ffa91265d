import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { DDRESCUE, hasTools } from "../scripts/lib/tools.mjs";
import { parseMapfile } from "../src/protocol/mapfile.ts";
import { BIN, cowscope } from "./command.ts";
import { diskFiles, diskRow } from "./disk-rows.ts";
import { fixture, fixtureBytes } from "./fixtures.ts";

const IS_MISSING = !process.env.CI && !hasTools(DDRESCUE);
if (IS_MISSING) console.warn("SKIPPED: ddrescue is missing (npm test installs it)");

const folders: string[] = [];
afterAll(() => folders.forEach((one) => void rmSync(one, { recursive: true })));

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), "cowscope-ddrescue-"));
  folders.push(folder);
  const path = (name: string) => join(folder, name);
  const run = (...args: string[]) => cowscope(args, { cwd: folder });
  return { folder, path, run };
}

const [disk] = diskFiles(diskRow("wrap-base"));
if (!disk) throw new Error("wrap-base has no disk");

/** A mapfile of these runs: position, size, status. */
const mapOf = (...blocks: [number, number, string][]) =>
  `0 ? 1\n${blocks.map((block) => `${block.join(" ")}\n`).join("")}`;

const reports = (json: string) =>
  json
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** In bytes; what the mapfile calls rescued. */
function rescued(text: string): number {
  const blocks = parseMapfile(text);
  if (!Array.isArray(blocks)) throw new Error(blocks.why);
  return blocks.reduce((sum, one) => sum + (one.status === "+" ? Number(one.length) : 0), 0);
}

describe.skipIf(IS_MISSING)("with ddrescue itself", () => {
  const DOC = readFileSync(new URL("../docs/ddrescue.md", import.meta.url), "utf8");
  const [, recipe = ""] = /```\n(.*?)```/s.exec(DOC) ?? [];

  /** The way of docs/ddrescue.md, the disk being a file. */
  function runRecipe(folder: string, device: string): void {
    const command = join(folder, "cowscope");
    writeFileSync(command, `#!/bin/sh\nexec ${process.execPath} ${BIN} "$@"\n`, { mode: 0o755 });
    const script = recipe.replaceAll("/dev/sdX", device).replaceAll("ddrescue ", "ddrescue -q ");
    const { status } = spawnSync("sh", ["-c", script], {
      cwd: folder,
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
    });
    // Of the check at its end: one of the two stores is invalid.
    expect(status).toBe(2);
  }

  test("the loop saves a small part of a disk, and every report is that of the whole disk", () => {
    const { path, run } = newFolder();
    const work = newFolder();
    writeFileSync(path("disk"), disk.bytes);
    runRecipe(work.folder, path("disk"));
    const saved = rescued(readFileSync(work.path("disk.map"), "utf8"));
    expect(saved).toBeLessThan(2 << 20);
    const whole = reports(run("check", "--json", "disk").stdout);
    const partly = reports(work.run("check", "--json", "disk.img", "--mapfile", "disk.map").stdout);
    const named = (report: { image: { name: string } }) => ({
      ...report,
      image: { ...report.image, name: report.image.name.replace(/^disk(\.img)?/, "") },
    });
    expect(whole).toHaveLength(2);
    expect(partly.map(named)).toEqual(whole.map(named));
    // Data chunks that no exception names were not copied: that is said, and what helps.
    const { stderr } = work.run("check", "disk.img", "--mapfile", "disk.map");
    expect(stderr).toContain("vgwrap/good is not all there (ddrescue has not tried it yet)");
    expect(stderr).toContain("Let ddrescue go on, and ask again");
  });

  test("the data of its exceptions are there as well: a rescue gives what the whole disk gives", () => {
    const { path, run } = newFolder();
    writeFileSync(path("disk.img"), disk.bytes);
    expect(run("mapfile", "disk.img", "--out", "domain.map").status).toBe(0);
    spawnSync("ddrescue", [
      "-q",
      "-m",
      path("domain.map"),
      path("disk.img"),
      path("c.img"),
      path("c.map"),
    ]);
    const rescue = (...args: string[]) => run("rescue", "--store=vgwrap/over", ...args).status;
    expect(rescue("disk.img", "--out", "whole.img")).toBe(0);
    expect(rescue("c.img", "--mapfile", "c.map", "--out", "part.img")).toBe(0);
    expect(readFileSync(path("part.img")).equals(readFileSync(path("whole.img")))).toBe(true);
  });

  test("bad sectors: ddrescue's own map of them is read, and what they hit is a problem", () => {
    const { path, run } = newFolder();
    const store = fixtureBytes(fixture("few-c8"));
    writeFileSync(path("cow"), store);
    // Area 0 is chunk 1.
    const bad = mapOf([0, 4096, "+"], [4096, 512, "-"], [4608, store.length - 4608, "+"]);
    writeFileSync(path("bad.map"), bad);
    spawnSync("ddrescue", [
      "-q",
      "-H",
      path("bad.map"),
      path("cow"),
      path("cow.img"),
      path("cow.map"),
    ]);
    const [report] = reports(run("check", "--json", "cow.img", "--mapfile", "cow.map").stdout);
    expect(report.problem).toMatchObject({
      code: "image.hole",
      found: expect.stringContaining("ddrescue could not read it"),
    });
    // Without its mapfile the area is zeros: a store without exceptions.
    const [zeros] = reports(run("check", "--json", "cow.img").stdout);
    expect(zeros.exceptions.count).not.toBe("6");
  });
});

describe("an image with its mapfile", () => {
  const { path, run } = newFolder();
  const store = fixtureBytes(fixture("few-c8"));
  writeFileSync(path("cow.img"), store);
  const rest = store.length - 8192;

  test("all rescued: nothing is different", () => {
    writeFileSync(path("all.map"), mapOf([0, store.length, "+"]));
    expect(run("check", "cow.img", "--mapfile", "all.map")).toEqual(run("check", "cow.img"));
  });

  test("a hole in the data only: the verdict stands, and it is said that something is missing", () => {
    writeFileSync(path("data.map"), mapOf([0, 8192, "+"], [8192, rest, "-"]));
    const { status, stdout, stderr } = run("check", "--json", "cow.img", "--mapfile", "data.map");
    expect(stdout).toBe(run("check", "--json", "cow.img").stdout);
    expect(status).toBe(0);
    expect(stderr).toContain("cow.img is not all there");
    expect(stderr).toContain("bad sector");
  });

  test("extract: a hole is no zeros, unless they are asked for", () => {
    const args = ["extract", "cow.img", "--mapfile", "data.map", "--out", "out.img"];
    const refused = run(...args);
    expect([refused.status, refused.stdout]).toEqual([1, ""]);
    const { status, stdout } = run(...args, "--partial", "--json");
    expect(status).toBe(2);
    expect(JSON.parse(stdout).missing).toEqual([
      { offset: "8192", bytes: String(rest), why: expect.stringContaining("bad sector") },
    ]);
  });

  test("the image is as long as the mapfile says", () => {
    writeFileSync(path("long.map"), mapOf([0, store.length, "+"], [store.length, 4096, "?"]));
    const [{ image }] = reports(run("check", "--json", "cow.img", "--mapfile=long.map").stdout);
    expect(image.bytes).toBe(String(store.length + 4096));
  });

  test.each([
    ["other.map", mapOf([0, store.length + 1, "+"]), "calls bytes rescued"],
    ["broken.map", "0 ? 1\n0 16 +\n99 1 +\n", "line 3"],
    ["binary.map", "\u0000\u0001\u0002", "no status line"],
  ])("%s is refused in a sentence", (name, text, why) => {
    writeFileSync(path(name), text);
    const { status, stdout, stderr } = run("check", "cow.img", "--mapfile", name);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(why);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test("one that is not there, a folder, a FIFO", () => {
    execFileSync("mkfifo", [path("fifo")]);
    for (const name of ["gone.map", ".", "fifo"]) {
      const { status, stderr } = run("check", "cow.img", "--mapfile", name);
      expect([status, stderr]).toEqual([1, expect.stringContaining("as a mapfile")]);
    }
  });

  test("belongs to one image", () => {
    const { status, stderr } = run("check", "cow.img", "cow.img", "--mapfile", "all.map");
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("--mapfile belongs to one image"),
    ]);
  });

  test("is never written to, nor is the image", () => {
    const before = readFileSync(path("all.map"));
    symlinkSync("all.map", path("link"));
    for (const out of ["all.map", "link", "cow.img"]) {
      for (const command of ["mapfile", "extract", "rescue"]) {
        const { status } = run(command, "cow.img", "--mapfile", "all.map", "--out", out);
        expect([command, out, status]).toEqual([command, out, 1]);
      }
    }
    expect(readFileSync(path("all.map")).equals(before)).toBe(true);
    expect(readFileSync(path("cow.img")).equals(Buffer.from(store))).toBe(true);
  });
});

describe("the domain mapfile", () => {
  test("of a bare store: header, area and the chunks that six exceptions name", () => {
    const { path, run } = newFolder();
    const store = fixtureBytes(fixture("few-c8"));
    writeFileSync(path("cow.img"), store);
    expect(run("mapfile", "cow.img", "--out", "d.map")).toMatchObject({ status: 0, stderr: "" });
    const blocks = parseMapfile(readFileSync(path("d.map"), "utf8"));
    if (!Array.isArray(blocks)) throw new Error(blocks.why);
    const has = (chunk: number) =>
      blocks.some(
        ({ offset, length, status }) =>
          status === "+" && offset <= chunk * 4096 && chunk * 4096 + 4096 <= offset + length,
      );
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(has)).not.toContain(false);
  });

  test("without data it is no longer than with them", () => {
    const { path, run } = newFolder();
    writeFileSync(path("disk.img"), disk.bytes);
    run("mapfile", "disk.img", "--out", "all.map");
    run("mapfile", "disk.img", "--metadata", "--out", "meta.map");
    const [all, meta] = ["all.map", "meta.map"].map((name) =>
      rescued(readFileSync(path(name), "utf8")),
    );
    expect(meta).toBeLessThan(all ?? 0);
  });

  test("a disk with nothing in it yet: what is to be saved first is named all the same", () => {
    const { path, run } = newFolder();
    writeFileSync(path("disk.img"), "");
    writeFileSync(path("disk.map"), mapOf([0, disk.bytes.length, "?"]));
    const { status } = run("mapfile", "disk.img", "--mapfile", "disk.map", "--out", "d.map");
    expect(status).toBe(2);
    const [first] = [parseMapfile(readFileSync(path("d.map"), "utf8"))].flat();
    expect(first).toMatchObject({ offset: 0n, status: "+" });
  });
});
