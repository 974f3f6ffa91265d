import { expect, test } from "vitest";
import { checkBytes } from "./check-bytes.ts";
import { fixture, fixtureBytes } from "./fixtures.ts";

const CODE = "header.trailing-bytes";

test.each([
  [1, "1 byte behind the header is not zero; the kernel ignores it"],
  [2, "2 bytes behind the header are not zero; the kernel ignores them"],
])("%i stray bytes in chunk 0", async (count, words) => {
  const bytes = fixtureBytes(fixture("few-c8")).slice();
  // No exception has these: the first of its words would be half of old_chunk 0x1010101….
  bytes.fill(0xa5, 1001, 1001 + count);
  const { report } = await checkBytes(bytes);
  expect(report.findings.find(({ code }) => code === CODE)?.message).toBe(words);
});

test.each(["w1-torn-chunksize0-a", "r2-exc-behind-header-c8"])(
  "what are exceptions behind the header of %s are not told once more as bytes",
  async (id) => {
    const { report } = await checkBytes(fixtureBytes(fixture(id)));
    const codes = report.findings.map(({ code }) => code);
    expect(codes).toContain("race.header.stray-exception");
    expect(codes).not.toContain(CODE);
    expect(report.findingCounts).not.toHaveProperty(CODE);
  },
);
