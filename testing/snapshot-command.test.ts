import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { BIN, cowscope } from "./command.ts";
import { FIXTURES, fixtureBytes, originBytes } from "./fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-snapshot-"));
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);

/** Runs the command where the images lie. */
const run = (...args: string[]) => cowscope(args, { cwd: folder });

function fixture(id: string) {
  const found = FIXTURES.find((row) => row.id === id);
  if (!found) throw new Error(`no fixture ${id}`);
  writeFileSync(path(`${id}.img`), fixtureBytes(found));
  writeFileSync(path(`${id}.origin`), originBytes(found));
  return { image: `${id}.img`, origin: `${id}.origin`, verdict: found.verdicts[0] };
}

const sha256 = (name: string) =>
  createHash("sha256")
    .update(readFileSync(path(name)))
    .digest("hex");

const good = fixture("multi-c1");
const invalid = fixture("overflow-snapwrite-c8");
const refused = fixture("r1-exc0-on-header-c8");
writeFileSync(path("junk"), Buffer.alloc(8192, "no store at all, and nothing like one. "));

describe("what it prints", () => {
  test("--json: the contract's one line, with what the kernel read", () => {
    const { status, stdout, stderr } = run(
      ...["snapshot", good.image, "--origin", good.origin, "--json"],
    );
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.trim()).not.toContain("\n");
    expect(JSON.parse(stdout)).toEqual({
      schema: "cowscope.snapshot/1",
      bytes: "75776",
      chunkBytes: 512,
      sha256: good.verdict?.sha256Snapshot,
      unreadableChunks: [],
      unreadableCount: "0",
    });
  });

  test("chunks that cannot be read are listed, and the exit code is 2", () => {
    const { status, stdout } = run(
      ...["snapshot", invalid.image, "--origin", invalid.origin, "--json"],
    );
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      unreadableChunks: [[0, 127]],
      unreadableCount: "128",
    });
  });

  test("words for people", () => {
    const { stdout } = run("snapshot", good.image, "--origin", good.origin);
    expect(stdout).toContain(String(good.verdict?.sha256Snapshot));
    expect(stdout).toContain("every chunk can be read");
  });

  test("--kernel counts: another one lets another duplicate win", () => {
    const dup = fixture(FIXTURES.find(({ family }) => family === "dup_old")?.id ?? "");
    const [modern, old] = ["6.1.192", "3.10"].map((kernel) => {
      const args = ["snapshot", dup.image, "--origin", dup.origin, "--json", "--kernel", kernel];
      return JSON.parse(run(...args).stdout).sha256;
    });
    expect(modern).toBe(dup.verdict?.sha256Snapshot);
    expect(old).not.toBe(modern);
  });
});

describe("--out", () => {
  test("holds the bytes that were hashed; the inputs stay as they were", () => {
    const before = [good.image, good.origin].map(sha256);
    const { status } = run(
      ...["snapshot", good.image, "--origin", good.origin, "--out", "snap.img"],
    );
    expect(status).toBe(0);
    expect(sha256("snap.img")).toBe(good.verdict?.sha256Snapshot);
    expect([good.image, good.origin].map(sha256)).toEqual(before);
  });

  test("of an origin that is too short for the exceptions is not called fine", () => {
    const whole = readFileSync(path(good.origin));
    writeFileSync(path("short.origin"), whole.subarray(0, 512));
    const { status, stdout, stderr } = run(...["snapshot", good.image, "--origin", "short.origin"]);
    expect(status).toBe(2);
    expect(stdout).toContain("512 bytes");
    expect(stderr).toMatch(
      /^cowscope: short\.origin has 1 sector, and \d+ exceptions? of [^\n]+\n$/,
    );
  });

  test("never is an input, under whatever name", () => {
    const before = [good.image, good.origin].map(sha256);
    symlinkSync(good.image, path("soft-image"));
    symlinkSync(good.origin, path("soft-origin"));
    linkSync(path(good.image), path("hard-image"));
    const names = [good.image, good.origin, "soft-image", "soft-origin", "hard-image"];
    for (const out of [...names, `./${good.image}`]) {
      const { status, stdout, stderr } = run(
        ...["snapshot", good.image, "--origin", good.origin, "--out", out],
      );
      expect([status, stdout], out).toEqual([1, ""]);
      expect(stderr, out).toContain("is an input");
    }
    expect([good.image, good.origin].map(sha256)).toEqual(before);
  });

  test("that cannot be written is one sentence", () => {
    for (const out of [".", "no/such/folder"]) {
      const { status, stderr } = run(
        ...["snapshot", good.image, "--origin", good.origin, "--out", out],
      );
      expect(status, out).toBe(1);
      expect(stderr.trim(), out).toMatch(
        /^cowscope snapshot: --out [^\n]+ could not be written: [^\n]+$/,
      );
    }
  });

  test("has its name only when it is whole: what Ctrl+C leaves is called .part", async () => {
    writeFileSync(path("long.origin"), "");
    truncateSync(path("long.origin"), 64 * 2 ** 30);
    const args = ["snapshot", good.image, "--origin", "long.origin", "--out", "stopped.img"];
    const running = spawn("node", [BIN, ...args], { cwd: folder });
    const ended = once(running, "exit");
    await expect.poll(() => existsSync(path("stopped.img.part")), { timeout: 30_000 }).toBe(true);
    running.kill("SIGINT");
    expect(await ended).toEqual([null, "SIGINT"]);
    expect(existsSync(path("stopped.img"))).toBe(false);
    expect(existsSync(path("stopped.img.part"))).toBe(true);
  });

  test("is not made for a store that does not activate", () => {
    const { status, stdout, stderr } = run(
      ...["snapshot", refused.image, "--origin", refused.origin, "--out", "none.img"],
    );
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.trim()).toMatch(/^cowscope: [^\n]+$/);
    expect(existsSync(path("none.img"))).toBe(false);
  });
});

/** Calls that cannot be answered, and a word of the sentence that says why. */
const USELESS: [string, string[], string][] = [
  ["no origin", [good.image], "--origin"],
  ["no image", ["--origin", good.origin], "image"],
  ["two images", [good.image, invalid.image, "--origin", good.origin], "one image"],
  ["an unknown option", [good.image, "--origin", good.origin, "--bogus"], "--bogus"],
  ["an option without its value", [good.image, "--origin"], "--origin"],
  ["no such kernel", [good.image, "--origin", good.origin, "--kernel", "soon"], "soon"],
  [
    "an origin that is too short",
    [good.image, "--origin", good.origin, "--origin-sectors", "149"],
    "148",
  ],
  ["an image that is not there", ["none", "--origin", good.origin], "none could not be read"],
  ["an origin that is not there", [good.image, "--origin", "none"], "none could not be read"],
  ["no store", ["junk", "--origin", good.origin], "not a COW store"],
];

test.each(USELESS)("%s: exit 1 and one sentence", (_, args, word) => {
  const { status, stdout, stderr } = run("snapshot", ...args);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr.trim()).toMatch(/^cowscope[^\n]*: [^\n]+$/);
  expect(stderr).toContain(word);
});

describe("check", () => {
  test("several images: a line each, and the worst exit code", () => {
    const { status, stdout } = run("check", "--json", good.image, invalid.image, refused.image);
    const reports = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(reports.map(({ verdict }) => verdict.id)).toEqual([
      "healthy",
      "invalidated",
      "refused-magic",
    ]);
    expect(status).toBe(2);
    expect(run("check", "--json", good.image).status).toBe(0);
    expect(run("check", "--json", good.image, "junk").status).toBe(1);
  });

  test("an image that is not there does not keep the others from being checked", () => {
    const { status, stdout, stderr } = run("check", "--json", "none", good.image);
    expect(status).toBe(1);
    const names = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).image.name);
    expect(names).toEqual(["none", good.image]);
    expect(stderr.trim()).toMatch(/^cowscope: none could not be read[^\n]*$/);
  });

  test("--kernel: the same bytes under another kernel", () => {
    const torn = fixture("w1-torn-chunksize0-a");
    const crash = (kernel: string) => {
      const args = ["check", "--json", "--table-chunk", "8", "--kernel", kernel, torn.image];
      return JSON.parse(run(...args).stdout).kernel.crash;
    };
    expect([crash("2.6.18-164.el5"), crash("2.6.32"), crash("6.1")]).toEqual([
      "kernel BUG at mm/mempool.c",
      null,
      null,
    ]);
  });
});

test.each([0, 6, 511])("an origin of %i bytes is none: nothing is claimed or left", (bytes) => {
  writeFileSync(path("text.txt"), "x".repeat(bytes));
  const { status, stdout, stderr } = run(
    ...["snapshot", good.image, "--origin", "text.txt", "--out", "none.img"],
  );
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(
    /^cowscope: text\.txt is (empty|shorter than a sector), so it is no origin/,
  );
  expect(existsSync(path("none.img"))).toBe(false);
  expect(existsSync(path("none.img.part"))).toBe(false);
});
