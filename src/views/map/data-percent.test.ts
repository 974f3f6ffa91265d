import { expect, it } from "vitest";
import { dataPercent } from "./data-percent.ts";

const fill = (allocated: bigint, total: bigint, metadata = 16n) => ({
  allocated,
  total,
  metadata,
  room: 0,
});

it("is what lvs shows: two decimals, 0 and 100 only where it is wholly so", () => {
  expect(dataPercent(fill(16n, 128n), true)).toBe("0.00");
  // An older kernel does not say how much of it is metadata.
  expect(dataPercent(fill(16n, 128n), false)).toBe("12.50");
  expect(dataPercent(fill(64n, 128n), true)).toBe("50.00");
  expect(dataPercent(fill(128n, 128n), true)).toBe("100.00");
  // test_percent_100() of LVM2: 999999 of 1000000 are 99.99.
  expect(dataPercent(fill(999_999n, 1_000_000n), true)).toBe("99.99");
  expect(dataPercent(fill(17n, 10_000_000n), true)).toBe("0.01");
  expect(dataPercent(fill(274_877_906_960n, 1024n), true)).toBeNull();
});
