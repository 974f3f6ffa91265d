import { expect, test } from "vitest";
import { allocatedChunks, consecutive, fullAreas, withHoles } from "./allocation.ts";
import { getU32, getU64, SECTOR } from "./disk.ts";
import { askOracle } from "./oracle.ts";
import { toHex } from "./recipe.ts";
import { buildStore, smallestDevice } from "./store-builder.ts";

test("the header is four little-endian words", () => {
  const bytes = buildStore({ chunkSectors: 8, exceptions: [] });
  expect(toHex(bytes.subarray(0, 16))).toBe("536e4170010000000100000008000000");
  expect(bytes.length).toBe(2 * 8 * SECTOR);
});

test("every header field can be given another value", () => {
  const bytes = buildStore({
    ...{ chunkSectors: 1, exceptions: [], magic: 1, valid: 2, version: 3, headerChunkSize: 4 },
    cowSectors: 9,
  });
  expect([0, 4, 8, 12].map((offset) => getU32(bytes, offset))).toEqual([1, 2, 3, 4]);
  expect(bytes.length).toBe(9 * SECTOR);
});

test("entries go on in the next area, 33 chunks further, with 512-byte chunks", () => {
  const exceptions = consecutive(100n, 40, 1);
  const bytes = buildStore({ chunkSectors: 1, exceptions });
  expect(getU64(bytes, 1 * SECTOR)).toBe(100n);
  expect(getU64(bytes, 34 * SECTOR)).toBe(132n);
  expect(getU64(bytes, 34 * SECTOR + 8)).toBe(35n);
});

test("allocation passes over the metadata chunks", () => {
  const chunks = allocatedChunks(70, 1);
  expect(chunks.slice(0, 2)).toEqual([2n, 3n]);
  expect(chunks).not.toContain(34n);
  expect(chunks).not.toContain(67n);
  expect(chunks.at(-1)).toBe(73n);
});

test("a full area leaves room for the empty one that the kernel reads after it", () => {
  const exceptions = fullAreas(2, 1);
  expect(exceptions).toHaveLength(64);
  expect(smallestDevice(1, exceptions)).toBe(68);
  const bytes = buildStore({ chunkSectors: 1, exceptions });
  expect(askOracle(bytes, { tableChunk: 1 }).status).toBe("68/68 4");
});

test("holes leave the other exceptions where they were allocated", () => {
  const exceptions = withHoles(consecutive(0n, 4, 8), new Set([1]));
  expect(exceptions.map((exception) => exception.new)).toEqual([2n, 4n, 5n]);
});

test("data chunks carry their exception's name, or what the caller gives", () => {
  const exceptions = consecutive(7n, 1, 1);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes.subarray(2 * SECTOR));
  expect(text(buildStore({ chunkSectors: 1, exceptions }))).toContain("origin chunk 7");
  const data = () => new TextEncoder().encode("mine");
  expect(text(buildStore({ chunkSectors: 1, exceptions, data }))).toContain("mine");
});
