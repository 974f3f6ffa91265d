import { expect, test } from "vitest";
import { readArguments } from "./arguments.ts";

const read = (...args: string[]) =>
  readArguments(args, { flags: ["json"], values: ["kernel", "out"] });

test("operands, flags and values in any order", () => {
  const { flags, values, operands } = read(
    "a",
    "--kernel",
    "3.10",
    "--json",
    "-",
    "--out=b=c",
    "d",
  );
  expect(operands).toEqual(["a", "-", "d"]);
  expect([...flags]).toEqual(["json"]);
  expect([...values]).toEqual([
    ["kernel", "3.10"],
    ["out", "b=c"],
  ]);
});

test("behind -- everything is an operand", () => {
  const { flags, operands } = read("--", "--json", "--", "-x");
  expect(flags.size).toBe(0);
  expect(operands).toEqual(["--json", "--", "-x"]);
});

test("a negative number is a value, an option is not", () => {
  expect(read("--kernel", "-1").values.get("kernel")).toBe("-1");
  expect(() => read("--kernel", "--json")).toThrow("--kernel needs a value");
  expect(() => read("--kernel")).toThrow("--kernel needs a value");
});

test("what is not known is named, and so is what is", () => {
  expect(() => read("--bogus=1")).toThrow("there is no option “--bogus”");
  expect(() => read("-k")).toThrow("it takes --kernel, --out, --json");
  expect(() => read("--json=1")).toThrow("--json takes no value");
});
