// Runs a TypeScript program of this project on Node 20: bundles it with Vite, then imports it.
// usage: node scripts/run-ts.mjs FILE.ts [ARGUMENT…]
import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
const name = `${basename(entry, ".ts")}.js`;
await build({
  configFile: false,
  logLevel: "error",
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: entry,
    target: "node20",
    outDir: "build/run",
    emptyOutDir: false,
    rolldownOptions: { output: { entryFileNames: name } },
  },
});
process.argv.splice(1, process.argv.length, name, ...args);
await import(pathToFileURL(`build/run/${name}`).href);
