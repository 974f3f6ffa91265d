import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { shellQuote } from "./shell-quote.ts";

const WORDS = [
  "vg/snap",
  "my-vg/s-1.x_y+z",
  "partition 2",
  "it's",
  'a "b" $HOME `id` \\ !',
  "new\nline\tand\u001b[2J",
  "'; rm -rf ~ #\n",
  "tür 雪 \u202e",
  "",
  "a\\nb\n",
  "~",
  "*?[x]{a,b}<>|&;()",
];

describe("a word is read back by bash as it was", () => {
  test.each(WORDS)("%j", (word) => {
    const env = { ...process.env, LC_ALL: "C.UTF-8" };
    const { stdout } = spawnSync("bash", ["-c", `printf '%s' ${shellQuote(word)}`], { env });
    expect(stdout.toString()).toBe(word);
  });
});

test("what means nothing to a shell stays as it is", () => {
  expect(shellQuote("vg/snap")).toBe("vg/snap");
  expect(shellQuote("two words")).toBe("'two words'");
  expect(shellQuote("a\nb")).toBe("$'a\\x0ab'");
});
