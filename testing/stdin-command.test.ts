import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { cowscope } from "./command.ts";
import { diskFiles, diskFolder, diskRow } from "./disk-rows.ts";
import { buildStore } from "./store-builder.ts";

const run = (args: string[], input: Uint8Array = new Uint8Array()) => cowscope(args, { input });

interface Report {
  image: { name: string; bytes: string };
  verdict: { id: string };
}

const reports = (stdout: string): Report[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const exceptions = [{ old: 3n, new: 2n }];
const store = buildStore({ chunkSectors: 8, exceptions, cowSectors: 800 });

describe("cowscope check -", () => {
  test("a bare store, packed and not", () => {
    for (const input of [store, gzipSync(store), gzipSync(gzipSync(store))]) {
      const { status, stdout, stderr } = run(["check", "-", "--json"], input);
      expect([status, stderr]).toEqual([0, ""]);
      expect(reports(stdout).map(({ image, verdict }) => [image.bytes, verdict.id])).toEqual([
        ["409600", "healthy"],
      ]);
    }
  });

  test.each([
    "gpt",
    "gzip",
    "zstd",
    "xz-blocks",
    "bzip2",
    "lz4",
    "lzma",
    "tar-sparse",
    "tar-gz",
    "qcow2-in-gz",
    "qcow2-v3",
  ])("says of %s what it says of the file", (id) => {
    const row = diskRow(id);
    const [file] = diskFiles(row);
    const [path = ""] = diskFolder(row);
    const piped = run(["check", "-", "--json"], file?.bytes);
    const read = run(["check", path, "--json"]);
    const name = path.split("/").at(-1) ?? "";
    expect(read.status).not.toBe(1);
    expect([piped.status, piped.stdout]).toEqual([
      read.status,
      read.stdout.replaceAll(`"${name}:`, '"-:').replaceAll(`"${name}"`, '"-"'),
    ]);
    expect(reports(piped.stdout).length).toBe(row.stores.length);
  });

  test("a stream that ends too early is a problem", () => {
    const [file] = diskFiles(diskRow("cut-gzip"));
    const { status, stdout, stderr } = run(["check", "-", "--json"], file?.bytes);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).problem.code).toBe("gzip.cut");
    expect(stderr).toContain("the compressed stream ends too early");
  });

  test("find reads it as well", () => {
    const row = diskRow("gpt");
    const [file] = diskFiles(row);
    const { status, stdout } = run(["find", "-", "--json"], file?.bytes);
    expect(status).toBe(0);
    const { stores }: { stores: { name: string }[] } = JSON.parse(stdout);
    expect(stores.map(({ name }) => name)).toEqual(row.stores.map(({ name }) => name));
  });
});
