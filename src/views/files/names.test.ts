import { expect, test } from "vitest";
import { directoriesOf, nameOf, shortName } from "./names.ts";

test("a name is its last part, without what a screen could not show", () => {
  expect(nameOf("/a/\u202etxt.exe\u001b[2J")).toBe("\\u202etxt.exe\\x1b[2J");
  expect(nameOf("/")).toBe("/");
  expect(shortName(`/${"x".repeat(60)}${"y".repeat(195)}`)).toBe(
    `${"x".repeat(44)}…${"y".repeat(16)}`,
  );
});

test("the way to a directory keeps what names it", () => {
  expect(directoriesOf("/a\u0001/b")).toEqual([
    { name: "/", path: "/" },
    { name: "a\\x01", path: "/a\u0001" },
    { name: "b", path: "/a\u0001/b" },
  ]);
  expect(directoriesOf("/")).toHaveLength(1);
});
