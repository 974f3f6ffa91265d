import { expect, test } from "vitest";
import { DAMAGES } from "./damage.ts";
import { sha256 } from "./digest.ts";
import { CASES, FIXTURES, fixtureBytes } from "./fixtures.ts";

test("every fixture has the bytes that the kernel was given", () => {
  for (const fixture of FIXTURES) {
    const bytes = fixtureBytes(fixture);
    expect(bytes.length, fixture.id).toBe(fixture.cowSectors * 512);
    expect(sha256(bytes), fixture.id).toBe(fixture.sha256);
  }
});

test("the figures that fixtures/README.md gives", () => {
  const count = (source: string) => FIXTURES.filter((row) => row.source === source).length;
  expect(["store", "damaged", "race", "danger"].map(count)).toEqual([39, 389, 86, 1]);
  expect(CASES).toHaveLength(846);
});

test("the damage generator knows every family", () => {
  const families = FIXTURES.filter((row) => row.source === "damaged").map((row) => row.family);
  expect([...new Set(families)].filter((family) => !(family in DAMAGES))).toEqual([]);
});
