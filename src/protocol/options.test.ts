import { describe, expect, test } from "vitest";
import { DEFAULT_OPTIONS } from "./check.ts";
import { judgeOptions, optionProblem, parseOptions } from "./options.ts";

describe("options as typed", () => {
  test("what is left out or empty has its default", () => {
    expect(parseOptions({})).toEqual({ ok: true, value: DEFAULT_OPTIONS });
    expect(parseOptions({ tableChunk: "", originSectors: "", blockSize: "", kernel: "" })).toEqual({
      ok: true,
      value: DEFAULT_OPTIONS,
    });
  });

  test("the largest of each are taken", () => {
    const typed = {
      tableChunk: "4294967295",
      originSectors: "36028797018963967",
      blockSize: "65536",
      kernel: "3.10.0-1160.el7.x86_64",
    };
    expect(parseOptions(typed)).toEqual({
      ok: true,
      value: {
        tableChunk: 2 ** 32 - 1,
        originSectors: 2n ** 55n - 1n,
        blockSize: 65_536,
        kernel: "3.10.0-1160.el7.x86_64",
      },
    });
  });

  test.each([
    ["tableChunk", "4294967296"],
    ["tableChunk", "-1"],
    ["tableChunk", "8.0"],
    ["tableChunk", "0x8"],
    ["tableChunk", "8k"],
    ["tableChunk", " 8"],
    ["tableChunk", "9".repeat(100_000)],
    ["originSectors", "36028797018963968"],
    ["originSectors", "many"],
    ["blockSize", "511"],
    ["blockSize", "513"],
    ["blockSize", "0512"],
    ["blockSize", "131072"],
    ["kernel", "soon"],
  ] as const)("%s cannot be “%s”", (name, typed) => {
    const problem = optionProblem(name, typed);
    expect(problem).toMatchObject({ code: "option.bad", where: name });
    expect(problem?.message).toMatch(/^The .+ cannot be “.+”$/);
    expect(problem?.message.length).toBeLessThan(150);
  });
});

test("options that were not typed are judged the same", () => {
  expect(judgeOptions(DEFAULT_OPTIONS)).toBeNull();
  for (const [name, bad, typed] of [
    ["tableChunk", 2 ** 32, "4294967296"],
    ["tableChunk", 0.5, "0.5"],
    ["tableChunk", Number.NaN, "NaN"],
    ["originSectors", -1n, "-1"],
    ["originSectors", 2n ** 55n, "36028797018963968"],
    ["blockSize", 513, "513"],
    ["kernel", "soon", "soon"],
  ] as const) {
    expect(judgeOptions({ ...DEFAULT_OPTIONS, [name]: bad })).toEqual(optionProblem(name, typed));
  }
});
