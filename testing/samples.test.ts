import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sha256 } from "./digest.ts";
import { FIXTURES } from "./fixtures.ts";

interface Sample {
  file: string;
  name: string;
  title: string;
  note: string;
  tableChunk?: number;
  originSectors?: number;
  bytes: number;
}

const FOLDER = new URL("../public/samples/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, FOLDER));
const INDEX = new URL("../src/views/start/samples.json", import.meta.url);
const samples: Sample[] = JSON.parse(readFileSync(INDEX, "utf8"));
const isDisk = ({ file }: Sample) => file.endsWith(".gz");
const disks = samples.filter(isDisk);
const stores = samples.filter((sample) => !isDisk(sample));
const fixtures = new Map(FIXTURES.map((fixture) => [fixture.sha256, fixture]));

test("the index lists every image that lies there", () => {
  const images = readdirSync(FOLDER).filter((file) => /\.img(\.gz)?$/.test(file));
  expect(samples.map((sample) => sample.file).sort()).toEqual(images.sort());
});

test("the disk is one of those that a real kernel made", () => {
  const [disk] = disks;
  const row = readFileSync("fixtures/disks/nested/disk.img.gz");
  expect(read(disk?.file ?? "")).toEqual(row);
  expect(disk?.bytes).toBe(row.length);
  expect(disks).toHaveLength(1);
});

test.each(stores)("$file is what a real kernel made and judged", (sample) => {
  const bytes = read(sample.file);
  expect(bytes.length).toBe(sample.bytes);
  expect(bytes.length).toBeLessThanOrEqual(1_100_000);
  const fixture = fixtures.get(sha256(bytes));
  expect(fixture?.originSectors).toBe(sample.originSectors);
  expect(fixture?.verdicts.map((verdict) => verdict.tableChunk)).toContain(sample.tableChunk);
});
