import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** `folder` imports `from`: what the house allows and what it does not. */
const FORBIDDEN = [
  ["src/protocol", "../engine/check.ts"],
  ["src/protocol", "../source/block-source.ts"],
  ["src/source", "../container/probe.ts"],
  ["src/container", "../engine/core.ts"],
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
] as const;

const ALLOWED = [
  ["src/engine", "../../build/core.js"],
  ["src/engine", "../source/block-source.ts"],
  ["src/engine", "../explain/report.ts"],
  ["src/container", "../source/block-source.ts"],
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
