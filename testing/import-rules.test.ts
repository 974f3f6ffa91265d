import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** `folder` imports `from`: what the house allows and what it does not. */
const FORBIDDEN = [
  ["src/protocol", "../engine/check.ts"],
  ["src/protocol", "../source/block-source.ts"],
  ["src/source", "../container/probe.ts"],
  ["src/container", "../engine/core.ts"],
  ["src/container", "../filesystem/walk.ts"],
  ["src/filesystem", "../container/probe.ts"],
  ["src/filesystem", "../engine/core.ts"],
  ["src/filesystem", "node:fs"],
  ["src/source", "../filesystem/walk.ts"],
  ["src/views/inspect", "../../filesystem/walk.ts"],
  ["src/engine", "../container/probe.ts"],
  ["src/views/inspect", "../../container/probe.ts"],
  ["src/source", "node:fs"],
  ["src/source", "../engine/check.ts"],
  ["src/engine", "../client/store-client.ts"],
  ["src/explain", "../engine/check.ts"],
  ["src/engine", "node:fs"],
  ["src/engine", "react"],
  ["src/engine", "comlink"],
  ["src/explain", "../../build/core.js"],
  ["src/worker", "../client/store-client.ts"],
  ["src/client", "../engine/check.ts"],
  ["src/client", "../worker/store.worker.ts"],
  ["src/cli", "../client/store-client.ts"],
  ["src/cli", "../../build/core.js"],
  ["src/views/inspect", "../../engine/check.ts"],
  ["src/views/inspect", "../../source/blob-source.ts"],
  ["src/hex", "comlink"],
  ["src/app", "../../build/core.js"],
  ["src/client", "../address/address.ts"],
  ["src/address", "../engine/check/check.ts"],
] as const;

const ALLOWED = [
  ["src/engine", "../../build/core.js"],
  ["src/engine", "../source/block-source.ts"],
  ["src/engine", "../explain/report.ts"],
  ["src/container", "../source/block-source.ts"],
  ["src/filesystem", "../source/block-source.ts"],
  ["src/engine", "../filesystem/walk.ts"],
  ["src/cli", "../container/probe.ts"],
  ["src/worker", "../container/probe.ts"],
  ["src/source/node", "node:fs"],
  ["src/worker", "comlink"],
  ["src/client", "comlink"],
  ["src/client", "../worker/store.worker.ts?worker&url"],
  ["src/cli", "../engine/check.ts"],
  ["src/views/inspect", "../../client/store-client.ts"],
  ["src/views/inspect", "react"],
] as const;

const PROJECT = fileURLToPath(new URL("..", import.meta.url));
const house = mkdtempSync(join(tmpdir(), "cowscope-rules-"));
const snippet = (folder: string, from: string) =>
  join(folder, `${from.replaceAll(/[^a-z]+/g, "-")}-probe.ts`);
let caught: string;

/** One run of the project's own biome.json over an empty house that holds nothing but these imports. */
beforeAll(() => {
  for (const [folder, from] of [...FORBIDDEN, ...ALLOWED]) {
    const file = join(house, snippet(folder, from));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `import * as it from "${from}";\n\nconsole.log(it);\n`);
  }
  copyFileSync(join(PROJECT, "biome.json"), join(house, "biome.json"));
  // Biome wants one that is not empty.
  writeFileSync(join(house, ".gitignore"), "node_modules/\n");
  const biome = join(PROJECT, "node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--only=style/noRestrictedImports", "--max-diagnostics=none", "."];
  caught = spawnSync(process.execPath, args, { cwd: house, encoding: "utf8" }).stderr;
});

afterAll(() => rmSync(house, { recursive: true }));

describe("the linter knows who may import whom", () => {
  test.each(FORBIDDEN)("%s must not import %s", (folder, from) => {
    expect(caught).toContain(`${snippet(folder, from)}:1:`);
  });

  test.each(ALLOWED)("%s may import %s", (folder, from) => {
    expect(caught).not.toContain(`${snippet(folder, from)}:1:`);
  });
});

/** What each file under src imports of the others, by its path there; types count as well. */
function importGraph(): Map<string, string[]> {
  const root = join(PROJECT, "src");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file),
  );
  const importsOf = (file: string): string[] => {
    const text = readFileSync(join(root, file), "utf8");
    return [...text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].flatMap(([, from]) => {
      const imported = relative(root, resolve(root, dirname(file), from ?? ""));
      return files.includes(imported) ? imported : [];
    });
  };
  return new Map(files.map((file) => [file, importsOf(file)]));
}

/** The circles that a walk over the graph comes upon. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): void => {
    const at = path.indexOf(node);
    if (at >= 0) found.push([...path.slice(at), node].join(" → "));
    if (at >= 0 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return found;
}

describe("no circle of imports, also not by types", () => {
  const graph = importGraph();

  test("between files", () => {
    expect(graph.get("app/session.ts")).toContain("client/held-store.ts");
    expect(circles(graph)).toEqual([]);
  });

  test("between the folders of src", () => {
    const folders = new Map<string, string[]>();
    for (const [file, imported] of graph) {
      const top = (path: string) => path.split("/")[0] ?? path;
      const others = imported.map(top).filter((other) => other !== top(file));
      folders.set(top(file), [...(folders.get(top(file)) ?? []), ...others]);
    }
    expect(folders.get("worker")).toContain("engine");
    expect(circles(folders)).toEqual([]);
  });

  test("a circle would be found", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["b"]],
    ]);
    expect(circles(graph)).toEqual(["b → c → b"]);
  });
});
