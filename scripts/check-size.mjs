// `npm run size`: what the first visit has to fetch before something is on the screen, and the core,
// against their budgets. Compressed as a web server does it; run it on a finished build.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { enterProject } from "./lib/project.mjs";

/** In kB (1000 bytes) of gzip. */
const BUDGETS = [
  ["page at first load (HTML, scripts, styles)", firstLoad(), 110],
  ["core", ["build/core.wasm"], 24],
];

function firstLoad() {
  enterProject();
  const html = readFileSync("dist/index.html", "utf8");
  const linked = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(
    ([, file]) => file,
  );
  const files = new Set(linked.map((file) => join("dist", file)));
  // A set grows while it is walked: the scripts' static imports belong to the first load, too.
  for (const file of files) {
    if (!file.endsWith(".js")) continue;
    const imports = readFileSync(file, "utf8").matchAll(
      /\bimport\s*(?:[^"'()]*?from\s*)?"([^"]+)"/g,
    );
    for (const [, found] of imports) files.add(join(file, "..", found));
  }
  return ["dist/index.html", ...files];
}

const sizeOf = (files) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0) / 1000;

for (const [name, files, budget] of BUDGETS) {
  const size = sizeOf(files);
  const verdict = size <= budget ? "" : "  TOO LARGE";
  console.log(`${name}: ${size.toFixed(1)} of ${budget} kB in ${files.length} files${verdict}`);
  if (size > budget) process.exitCode = 1;
}
