import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cowscope } from "./command.ts";
import { buildStore } from "./store-builder.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-lookup-"));
const image = join(folder, "cow.img");
const table = [
  { old: 7n, new: 2n },
  { old: 3n, new: 400n },
];
writeFileSync(image, buildStore({ chunkSectors: 8, exceptions: table, cowSectors: 80 }));

test("there and back, in words and as JSON", () => {
  const there = cowscope(["lookup", image, "--origin-offset", "0x7005"]);
  expect([there.status, there.stdout]).toEqual([
    0,
    "Of the origin, byte 0x7005, which is byte 5 of chunk 7, has 1 exception: area 0, entry 0: " +
      "chunk 7 in chunk 2. The snapshot reads chunk 2 of the COW device, byte 0x2005.\n",
  ]);
  const back = cowscope(["lookup", image, "--json", "--cow-sector", "16"]);
  expect(back.status).toBe(0);
  expect(JSON.parse(back.stdout)).toMatchObject({
    schema: "cowscope.lookup/1",
    image: "cow.img",
    asked: { device: "cow", unit: "sector", number: "16" },
    kind: "data",
    chunk: "2",
    exceptions: [{ oldChunk: "7", originOffset: "28672", inForce: true }],
  });
});

test("what damage costs, in bytes of the origin: exit code 2", () => {
  const { status, stdout } = cowscope(["lookup", image, "--damage"]);
  expect(status).toBe(2);
  expect(stdout).toContain("1 chunk (4 KiB): cannot be read from the snapshot");
  expect(stdout).toContain("  from byte 0x3000, 4 KiB\n");
  const json = cowscope(["lookup", image, "--damage", "--json"]);
  expect(JSON.parse(json.stdout).damage).toEqual([
    {
      kind: "unreadable",
      chunks: "1",
      bytes: "4096",
      ranges: [{ offset: "12288", length: "4096" }],
    },
  ]);
});

test.each([
  [[image], "name one place"],
  [[image, "--origin-chunk", "1", "--cow-chunk", "2"], "name one place"],
  [[image, "--origin-chunk", "-1"], "takes a number"],
  [[image, "--origin-chunk", "0x"], "takes a number"],
  [["--origin-chunk", "1"], "name an image"],
])("a call that cannot be understood: %j", (args, words) => {
  const { status, stdout, stderr } = cowscope(["lookup", ...args]);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(words);
});

test("what is no store", () => {
  const other = join(folder, "text");
  writeFileSync(other, "hello ".repeat(1000));
  expect(cowscope(["lookup", other, "--cow-chunk", "0"]).status).toBe(1);
});
