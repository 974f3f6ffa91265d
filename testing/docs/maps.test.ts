import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { isCommand, USAGE } from "../../src/cli/usage.ts";

const read = (path: string) => readFileSync(path, "utf8");
const DOCS = readdirSync("docs")
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`);
const PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "src/README.md", "wasm/README.md"];
const SCRIPTS = Object.keys(JSON.parse(read("package.json")).scripts);
/** What the walkthroughs make up. */
const MADE_UP = "src/container/toydisk";

/** All that a page has between backticks, also in its blocks. */
const code = (page: string) =>
  [...read(page).matchAll(/```\n([\s\S]*?)```|`([^`]+)`/g)].map(
    ([, block, word]) => block ?? word ?? "",
  );

describe.each([...PAGES, ...DOCS])("%s", (page) => {
  test("links to what is there", () => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
      ([, link]) => link ?? "",
    );
    expect(links.filter((link) => !existsSync(join(dirname(page), link)))).toEqual([]);
  });

  test("names documents, folders and files that are there", () => {
    const places = [...read(page).matchAll(/\b(?:src|wasm|testing|docs|scripts|e2e)\/[\w./-]*\w/g)]
      .map(([place]) => place)
      .filter((place) => !place.startsWith(MADE_UP));
    expect(places.filter((place) => !existsSync(place) && !existsSync(dirname(place)))).toEqual([]);
    const files = places.filter((place) => /\.(?:md|ts|tsx|mjs|webp)$/.test(place));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test("names scripts of package.json", () => {
    const calls = code(page).flatMap((text) => [...text.matchAll(/npm run\s+([\w:-]+)/g)]);
    const names = calls.map(([, name]) => name ?? "");
    expect(names.filter((name) => !SCRIPTS.includes(name))).toEqual([]);
  });
});

test("the README shows every command, and no other", () => {
  const commands = [...USAGE.matchAll(/^ {2}cowscope ([a-z]+)/gm)].map(([, name]) => name ?? "");
  const shown = [...read("README.md").matchAll(/bin\/cowscope\.js ([a-z]+)/g)];
  const known = new Set(commands.filter(isCommand));
  expect(known.size).toBeGreaterThan(10);
  expect(new Set(shown.map(([, name]) => name))).toEqual(known);
});

test("src/README.md has every folder of src/", () => {
  const folders = readdirSync("src", { withFileTypes: true }).filter((one) => one.isDirectory());
  const table = read("src/README.md").split("##")[0] ?? "";
  const missing = folders.filter(({ name }) => !table.includes(`\`${name}/\``));
  expect(missing.map(({ name }) => name)).toEqual([]);
});

describe("wasm/README.md", () => {
  const rows = read("wasm/README.md")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => {
      const [, first = "", ...rest] = line.split("|");
      const files = [...first.matchAll(/`([^`]+)`/g)].map(([, file]) => `wasm/${file}`);
      return { files, what: rest.join("|") };
    });
  const named = rows.flatMap(({ files }) => files);

  test("has every file of the core, by itself or with its folder", () => {
    const all = readdirSync("wasm", { recursive: true, encoding: "utf8" });
    const files = all.filter((one) => one.endsWith(".ts")).map((one) => `wasm/${one}`);
    expect(files.length).toBeGreaterThan(40);
    const has = (file: string) => named.some((one) => file === one || file.startsWith(folder(one)));
    expect(files.filter((file) => !has(file))).toEqual([]);
    expect(named.filter((one) => !existsSync(one))).toEqual([]);
  });

  test.each(rows)("$files: each function that it names stands there", ({ files, what }) => {
    const text = files.flatMap(filesIn).map(read).join("\n");
    const functions = [...what.matchAll(/`([a-z_]+)\(\)`/g)].map(([, name]) => name ?? "");
    expect(functions.filter((name) => !text.includes(`${name}(`))).toEqual([]);
  });
});

/** What begins with it lies in it; nothing begins with a file and a space. */
const folder = (one: string): string => (one.endsWith("/") ? one : `${one} `);

const filesIn = (one: string): string[] =>
  one.endsWith("/") ? readdirSync(one).map((name) => join(one, name)) : [one];
