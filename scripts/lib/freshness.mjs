import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What `npm run build` reads … */
const SOURCES = [
  ...["wasm", "src", "public", "index.html", "address.html", "scripts/build-core.mjs"],
  ...[
    "scripts/vite",
    "vite.config.ts",
    "vite.single.config.ts",
    "vite.cli.config.ts",
    "tsconfig.base.json",
    "package-lock.json",
  ],
];
/** … and what it leaves: page, core and command. */
const OUTPUTS = [
  "dist/index.html",
  "dist/cowscope.html",
  "dist/address.html",
  "build/core.wasm",
  "build/cli/cowscope.js",
];

/** Whether the build is missing, or older than something it was made from. */
export function buildIsStale(sources = SOURCES, outputs = OUTPUTS) {
  if (!outputs.every((file) => existsSync(file))) return true;
  const oldest = Math.min(...outputs.map((file) => statSync(file).mtimeMs));
  return sources.some((source) => newest(source) > oldest);
}

/** The last change in a file or folder; a folder's own time tells of files that were removed. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path)
    .filter((name) => !name.includes(".test."))
    .map((name) => newest(join(path, name)));
  return Math.max(stat.mtimeMs, ...inside);
}
