import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cowscope } from "./command.ts";

/**
 * Found by `npm run fuzz -- --only dump --seed 61578 --execution 14`: with a chunk size in the table
 * line an image of 15 bytes is one that the kernel refuses, and these took it for a store.
 */
const folder = mkdtempSync(join(tmpdir(), "cowscope-short-"));
const short = join(folder, "short.img");
writeFileSync(short, Buffer.from("SnAp\x01\0\0\0\x01\0\0\0\x08\0\0", "latin1"));

test.each([
  ["dump", []],
  ["diff", [short]],
  ["pack", ["--out", join(folder, "out.qcow2")]],
])("%s of an image too short for a header: no store, in words", (command, more) => {
  const { status, stderr, stdout } = cowscope([command, "--table-chunk", "8", short, ...more]);
  expect(stderr).toBe(
    `cowscope ${command}: short.img is too short for a header: there is no store in it\n`,
  );
  expect(status).toBe(command === "diff" ? 2 : 1);
  expect(stdout).toBe("");
});
