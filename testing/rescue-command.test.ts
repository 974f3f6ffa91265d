import {
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { RescueReport } from "../src/protocol/rescue.ts";
import { cowscope } from "./command.ts";
import { diskFolder, diskRow } from "./disk-rows.ts";
import { fixture, fixtureBytes } from "./fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-rescue-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const run = (...args: string[]) => cowscope(args, { cwd: folder });

const store = fixtureBytes(fixture("overflow-origwrite-c128"));
const before = gunzipSync(readFileSync("fixtures/rescue/overflow-origwrite-c128.before.img.gz"));
writeFileSync(path("cow.img"), store);

const answer = (...args: string[]): RescueReport =>
  JSON.parse(run("rescue", "--json", ...args).stdout);

describe("the image", () => {
  const call = ["cow.img", "--origin-sectors", "16384", "--out", "rescued.img"];

  test("holds what is known in its place, and holes everywhere else", () => {
    expect(run("rescue", ...call).status).toBe(0);
    const image = readFileSync(path("rescued.img"));
    const expected = Buffer.alloc(before.length);
    for (const { offset, bytes } of answer("cow.img").ranges) {
      before.copy(expected, Number(offset), Number(offset), Number(offset) + Number(bytes));
    }
    expect(image.equals(expected)).toBe(true);
    // 640 KiB of 8 MiB.
    expect(statSync(path("rescued.img")).blocks * 512).toBeLessThan(1 << 20);
    expect(readFileSync(path("cow.img")).equals(store)).toBe(true);
  });

  test("never takes the place of an input, whatever that is called", () => {
    symlinkSync("cow.img", path("soft"));
    linkSync(path("cow.img"), path("hard"));
    for (const out of ["cow.img", "soft", "hard", "./cow.img"]) {
      const { status, stderr } = run("rescue", "cow.img", "--out", out);
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining("it is the image cow.img that is read"),
      ]);
    }
    expect(readFileSync(path("cow.img")).equals(store)).toBe(true);
  });
});

describe("what it prints", () => {
  test("the risk comes first", () => {
    const { stdout, stderr } = run("rescue", "cow.img");
    expect(stdout).toMatch(/^At your own risk\. This snapshot was invalidated/);
    expect(stderr).toBe("");
    expect(run("rescue", "cow.img", "--format", "mapfile").stdout).toMatch(
      /^# .*\n# At your own risk\./,
    );
  });

  test("the mapfile is of the image, and calls nothing rescued that is not known", () => {
    const { stdout } = run("rescue", "cow.img", "--origin-sectors", "16384", "--format=mapfile");
    const blocks = stdout
      .split("\n")
      .filter((line) => /^0x/.test(line))
      .slice(1)
      .map((line) => line.split(/ +/));
    let end = 0;
    for (const [offset, length] of blocks) {
      expect(Number(offset)).toBe(end);
      end += Number(length);
    }
    expect(end).toBe(before.length);
    const rescued = blocks.filter(([, , status]) => status === "+");
    expect(rescued.reduce((sum, [, length]) => sum + Number(length), 0)).toBe(10 * 65536);
  });

  test("without the origin's size the image ends with the last chunk that is known", () => {
    const { origin, ranges } = answer("cow.img");
    const last = ranges.at(-1);
    expect(origin).toEqual({
      bytes: String(Number(last?.offset) + Number(last?.bytes)),
      from: "table",
    });
  });

  test("of a valid store it says that the snapshot tells more", () => {
    writeFileSync(path("few.img"), fixtureBytes(fixture("few-c8")));
    const { status, stdout } = run("rescue", "few.img");
    expect(status).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain("with its origin it can be read whole");
  });

  test("what is no store, and a bundle without data, is a sentence", () => {
    writeFileSync(path("junk"), "nothing of a store".repeat(1000));
    expect(run("rescue", "junk")).toMatchObject({ status: 1, stdout: "" });
    expect(run("pack", "cow.img", "--out", "p.qcow2").status).toBe(0);
    const { status, stderr } = run("rescue", "p.qcow2", "--out", "no.img");
    expect([status, stderr]).toEqual([1, expect.stringContaining("data is not in it")]);
  });

  test("a store with no exceptions: nothing is known", () => {
    writeFileSync(path("fresh.img"), fixtureBytes(fixture("fresh-c8")));
    expect(run("rescue", "fresh.img").status).toBe(2);
  });

  test("two formats, or one that is none", () => {
    for (const args of [
      ["--json", "--format", "mapfile"],
      ["--format", "xml"],
    ]) {
      expect(run("rescue", "cow.img", ...args)).toMatchObject({ status: 1, stdout: "" });
    }
  });
});

describe("a store inside of a disk", () => {
  const [disk = ""] = diskFolder(diskRow("wrap-base"));

  test("holds what another snapshot of the same origin still reads", () => {
    // vgwrap/good was taken when vgwrap/over was, and before anything was written to the origin.
    const good = run("snapshot", disk, "--store", "vgwrap/good", "--out", "good.snap");
    expect(good.status).toBe(0);
    const { stdout, status } = run(
      "rescue",
      "--json",
      disk,
      "--store=vgwrap/over",
      "--out=over.img",
    );
    expect(status).toBe(0);
    const { ranges, origin, invalidated }: RescueReport = JSON.parse(stdout);
    const snapshot = readFileSync(path("good.snap"));
    const image = readFileSync(path("over.img"));
    expect(origin).toEqual({ bytes: String(snapshot.length), from: "given" });
    expect(invalidated).toBe("flag");
    expect(image).toHaveLength(snapshot.length);
    expect(ranges.length).toBeGreaterThan(5);
    for (const { offset, bytes } of ranges) {
      const range = [Number(offset), Number(offset) + Number(bytes)] as const;
      expect(image.subarray(...range).equals(snapshot.subarray(...range))).toBe(true);
    }
  });
});
