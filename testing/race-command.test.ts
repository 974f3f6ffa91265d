import { linkSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { cowscope } from "./command.ts";
import { CONTRACT_RACE } from "./contract-race.ts";
import { buildStore } from "./store-builder.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-race-"));
afterAll(() => rmSync(folder, { recursive: true }));

const race = (...args: string[]) => cowscope(["race", ...args]);

const text = JSON.stringify(CONTRACT_RACE);

test("the contract's example, to the letter", () => {
  const { status, stdout, stderr } = race(text);
  expect([status, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toMatchObject({
    schema: "cowscope.race/1",
    schedules: "10947",
    header: {
      invalidated: "10069",
      "zero-chunk-size": "313",
      "corrupt-magic": "425",
      "wrong-version": "140",
    },
    areas: { kept: "9660", "header-in-area": "1287" },
    both: { "invalidated + kept": "8782" },
  });
  expect(stdout.trim()).not.toContain("\n");
});

test("a witness is a string of I and C; an ending that none has is null", () => {
  const found = JSON.parse(race(text, "--witness", "zero-chunk-size").stdout);
  expect(found.witness).toMatch(/^[IC]+$/);
  expect(JSON.parse(race(text, "--witness", "new-snapshot").stdout).witness).toBeNull();
});

test("what cannot be understood is one sentence and exit code 1", () => {
  for (const args of [
    [],
    ["{"],
    ['{"copies":1000000000}'],
    [text, "--witness", "doom"],
    [text, "--image", "x"],
    [text, text],
  ]) {
    const { status, stdout, stderr } = race(...args);
    expect([status, stdout], args.join(" ")).toEqual([1, ""]);
    expect(stderr.trim(), args.join(" ")).toMatch(/^cowscope race: [^\n]+$/);
  }
});

const exceptions = [
  { old: 3n, new: 2n },
  { old: 9n, new: 3n },
];
const image = join(folder, "store.img");
const original = buildStore({ chunkSectors: 8, exceptions, cowSectors: 800 });
writeFileSync(image, original);

test("--out is the image as the schedule leaves it; the image stays as it was", () => {
  const out = join(folder, "left.img");
  const params = JSON.stringify({ ...CONTRACT_RACE, index: 2, exceptions: [["7", "4"]] });
  const args = ["--witness", "header-in-area", "--image", image, "--out", out];
  const { status, stderr } = race(params, ...args);
  expect([status, stderr]).toEqual([0, ""]);
  expect(readFileSync(image).equals(original)).toBe(true);
  const left = readFileSync(out);
  expect(left.length).toBe(original.length);
  expect(left.readUInt32LE(4)).toBe(0);
  expect(left.readBigUInt64LE(4096)).toBe(0x70416e53n);
  expect(left.subarray(8192).equals(original.subarray(8192))).toBe(true);
});

test("an index that is not the image's is followed, and said", () => {
  const out = join(folder, "other.img");
  const { status, stderr } = race(
    text,
    ...["--witness", "corrupt-magic", "--image", image, "--out", out],
  );
  expect(status).toBe(0);
  expect(stderr).toContain("PARAMS say index 0");
  expect(readFileSync(out).readUInt32LE(0)).toBe(7);
});

test("the image is never written to, under whatever name", () => {
  const hard = join(folder, "hard.img");
  const soft = join(folder, "soft.img");
  linkSync(image, hard);
  symlinkSync(image, soft);
  for (const out of [image, hard, soft]) {
    const { status, stderr } = race(
      text,
      ...["--witness", "corrupt-magic", "--image", image, "--out", out],
    );
    expect(status).toBe(1);
    expect(stderr).toContain("never writes to an image");
  }
  expect(readFileSync(image).equals(original)).toBe(true);
});

test("another chunk size than the image's is refused", () => {
  const params = JSON.stringify({ ...CONTRACT_RACE, chunkSize: 16, entriesPerArea: 512 });
  const out = join(folder, "none.img");
  const { status, stderr } = race(
    params,
    ...["--witness", "corrupt-magic", "--image", image, "--out", out],
  );
  expect(status).toBe(1);
  expect(stderr).toContain("another chunk size");
});
