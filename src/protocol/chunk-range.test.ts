import { expect, it } from "vitest";
import { parseChunkRange } from "./chunk-range.ts";

it.each([
  ["", null],
  ["  ", null],
  ["7", { first: 7n, last: 7n }],
  ["0x10", { first: 16n, last: 16n }],
  ["10-20", { first: 10n, last: 20n }],
  ["0xA – 0xff", { first: 10n, last: 255n }],
  ["18446744073709551615", { first: 2n ** 64n - 1n, last: 2n ** 64n - 1n }],
  ["18446744073709551616", "bad"],
  ["20-10", "bad"],
  ["-5", "bad"],
  ["ten", "bad"],
])("reads %j", (typed, range) => {
  expect(parseChunkRange(typed)).toEqual(range);
});
