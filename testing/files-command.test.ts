import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { cowscope } from "./command.ts";

const house = mkdtempSync(join(tmpdir(), "cowscope-files-command-"));
const at = (name: string) => join(house, name);
const fixture = (name: string) => new URL(`../fixtures/disks/fs-ext4/${name}`, import.meta.url);
writeFileSync(at("disk.img"), gunzipSync(readFileSync(fixture("disk.img.gz"))));

afterAll(() => rmSync(house, { recursive: true }));

const [first = ""] = readFileSync(fixture("files-read-from-mounted-snapshot.sha256"), "utf8").split(
  "\n",
);
const hash = first.slice(0, 64);
const path = first.slice(67);

describe("cowscope files", () => {
  test("lists with the origin that the volume group names, for people and for programs", () => {
    const text = cowscope(["files", at("disk.img")]);
    expect(text.status).toBe(0);
    expect(text.stdout).toContain("on the snapshot disk.img:vgext/before over vgext/root");
    expect(text.stdout).toContain(path);
    const { status, stdout } = cowscope(["files", "--json", "--path", "/docs", at("disk.img")]);
    const report = JSON.parse(stdout);
    expect([status, report.schema, report.path]).toEqual([0, "cowscope.files/1", "/docs"]);
    expect(report.fileSystem).toMatchObject({ kind: "ext4", label: "rootfs", blockBytes: 1024 });
    expect(report.files.length).toBe(report.counts.whole);
    for (const file of report.files) expect(file.path).toMatch(/^\/docs\//);
  });

  test("writes one file, by its path or its inode, and nothing else", () => {
    const args = ["files", at("disk.img"), "--extract"];
    const written = cowscope([...args, path, "--out", at("out"), "--json"]);
    expect(written.status).toBe(0);
    expect(
      createHash("sha256")
        .update(readFileSync(at("out")))
        .digest("hex"),
    ).toBe(hash);
    const { inode } = JSON.parse(written.stdout).file;
    expect(cowscope([...args, `<${inode}>`, "--out", at("again")]).status).toBe(0);
    expect(readFileSync(at("again"))).toEqual(readFileSync(at("out")));
  });

  test("writes to no symlink and to no input, and refuses what is no file", () => {
    symlinkSync(at("victim"), at("link"));
    const before = statSync(at("disk.img")).mtimeMs;
    const refused = [
      [path, at("link"), "is a symlink"],
      [path, at("disk.img"), "it is the image"],
      ["/docs", at("no"), "it is no file, but a directory"],
      ["/docs/none", at("no"), "there is no “none” in /docs"],
      [`${path}/x`, at("no"), "is no directory"],
    ] as const;
    for (const [from, out, why] of refused) {
      const args = ["files", at("disk.img"), "--extract", from, "--out", out];
      const { status, stderr } = cowscope(args);
      expect([status, stderr.includes(why), stderr.trim().split("\n").length], stderr).toEqual([
        1,
        true,
        1,
      ]);
    }
    expect(statSync(at("victim"), { throwIfNoEntry: false })).toBeUndefined();
    expect(statSync(at("no"), { throwIfNoEntry: false })).toBeUndefined();
    expect(statSync(at("disk.img")).mtimeMs).toBe(before);
  });
});
