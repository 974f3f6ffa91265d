import { expect, test } from "vitest";
import { printable } from "./terminal.ts";

test.each([
  ["plain – “Größe” 日本 🐮 a\\b", "plain – “Größe” 日本 🐮 a\\b"],
  ["\x1b]0;title\x07", "\\x1b]0;title\\x07"],
  ["\x9b2J\x7f", "\\x9b2J\\x7f"],
  ["a\nb\r\tc\0", "a\\x0ab\\x0d\\x09c\\x00"],
  ["gpj\u202egmi.exe", "gpj\\u202egmi.exe"],
  ["\u2066\u2069\u200f\u200b\ufeff\u00ad", "\\u2066\\u2069\\u200f\\u200b\\ufeff\\xad"],
  ["\u2028\u2029\u0085", "\\u2028\\u2029\\x85"],
  ["\ud800!", "\\ud800!"],
  ["\u{e0001}", "\\u{e0001}"],
])("%j", (text, shown) => {
  expect(printable(text)).toBe(shown);
});
