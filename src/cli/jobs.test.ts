import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { defaultJobs } from "./jobs.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-jobs-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: number): string {
  writeFileSync(join(folder, name), "");
  truncateSync(join(folder, name), bytes);
  return join(folder, name);
}

const cores = availableParallelism();
const small = file("small", 1 << 20);
const [a, b] = [file("a", 256 << 20), file("b", 1 << 30)];

test.each<[string, string[], number]>([
  ["one image", [b], 1],
  ["a few small ones", Array(15).fill(small), 1],
  ["many", Array(16).fill(small), cores],
  ["two large ones", [a, b], cores],
  ["a large one among small ones", [a, small, small], 1],
  ["some that are not there", ["none", "nor this", a], 1],
])("%s", (_, images, jobs) => {
  expect(defaultJobs(images)).toBe(jobs);
});
