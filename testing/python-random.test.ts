import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { pythonRandomBytes } from "./python-random.ts";

// What CPython 3.11 prints for random.Random(seed).randbytes(length), as sha256.
test.each([
  [1616127977, 4096, "ef4abcce88c7b7ee"],
  [75, 7, "b6729d3442301988"],
  [0, 16, "e2d2fa6aa9b2f62d"],
  [586420518, 4080, "0466fa2470402c63"],
])("seed %i, %i bytes", (seed, length, sha256) => {
  const bytes = pythonRandomBytes(seed, length);
  expect(createHash("sha256").update(bytes).digest("hex").slice(0, 16)).toBe(sha256);
});
