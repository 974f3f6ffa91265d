import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { storeLikeness } from "../src/engine/check/store-likeness.ts";
import { STORE_LIKENESS } from "../src/protocol/store-service.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { buildStore } from "./store-builder.ts";

const compiled = new WebAssembly.Module(
  readFileSync(new URL("../build/core.wasm", import.meta.url)),
);
const likeness = (bytes: Uint8Array) => storeLikeness(compiled, new BytesSource(bytes));
const rank = async (bytes: Uint8Array) => STORE_LIKENESS.indexOf(await likeness(bytes));
const sample = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../public/samples/${name}.img`, import.meta.url)));

/** An origin with a file system: the boot sectors are empty, the superblock lies at 1024. */
function ext4(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(1 << 20);
  bytes.set([0x53, 0xef], 1080);
  return bytes;
}

/** An origin that holds nothing known: the pattern that kernel-lab writes to its origins. */
function patterned(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(1 << 20);
  return bytes.map((_, at) => (at * 31 + (at >> 12) * 7) & 0xff);
}

test("a header's magic is enough, whatever follows", async () => {
  const damaged = buildStore({ chunkSectors: 8, exceptions: [], version: 9, headerChunkSize: 3 });
  expect(await likeness(damaged)).toBe("magic");
});

test("every store that a race left is told from an origin beside it", async () => {
  const raced = ["exception-over-header", "header-in-area", "header-zeroed", "torn-header"];
  for (const name of raced) {
    const store = await rank(sample(`race-${name}`));
    expect(store, name).toBeLessThan(await rank(ext4()));
    expect(store, name).toBeLessThan(await rank(patterned()));
  }
});

test("an origin is none", async () => {
  expect(await likeness(ext4())).toBe("other");
  expect(["unknown", "other"]).toContain(await likeness(patterned()));
  expect(["unknown", "other"]).toContain(await likeness(new Uint8Array(1 << 20)));
});

test("an image too short for a header, and one of zeros", async () => {
  for (const bytes of [new Uint8Array(7), new Uint8Array(4096)]) {
    expect(STORE_LIKENESS.slice(2)).toContain(await likeness(bytes));
  }
});
