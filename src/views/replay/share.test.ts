import { expect, test } from "vitest";
import { percent, share } from "./share.ts";

test("some is never told as none, nor nearly all as all", () => {
  expect(percent(0n, 10n)).toBe("none");
  expect(percent(1n, 10n ** 30n)).toBe("< 0.1 %");
  expect(percent(313n, 10_947n)).toBe("2.9 %");
  expect(percent(10n ** 30n - 1n, 10n ** 30n)).toBe("> 99.9 %");
  expect(percent(7n, 7n)).toBe("all");
});

test("a share of nothing is nothing", () => {
  expect(share(0n, 0n)).toBe(0);
});
