import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "vite";
import { standIns } from "./stand-ins.ts";

/** What browsers have to understand. */
export const TARGET = "es2023";

/** Files as texts inside a script; src/inlined.d.ts has their types. */
const KINDS: Record<string, (file: string) => Promise<string>> = {
  base64: async (file) => (await readFile(file)).toString("base64"),
  gzip: async (file) => gzipSync(await readFile(file), { level: 9 }).toString("base64"),
  script: workerScript,
};

/** Imports such as "core.wasm?base64". */
export function inlined(): Plugin {
  return {
    name: "cowscope-inlined",
    enforce: "pre",
    async load(id) {
      const [file = "", kind = ""] = id.split("?");
      const text = await KINDS[kind]?.(file);
      return text === undefined ? null : `export default ${JSON.stringify(text)};`;
    },
  };
}

/**
 * All of a worker as one classic script: from file:// Chromium starts no module worker, nor could
 * it import anything.
 */
async function workerScript(file: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "warn",
    plugins: [standIns(), inlined()],
    build: {
      write: false,
      copyPublicDir: false,
      target: TARGET,
      modulePreload: false,
      rolldownOptions: {
        input: file,
        // A classic script has none, and Vite's helper for imports asks for it.
        transform: { define: { "import.meta": "{}" } },
        output: { format: "iife", codeSplitting: false },
      },
    },
  });
  const chunks = [built].flat().flatMap((one) => ("output" in one ? one.output : []));
  const [only, ...more] = chunks;
  if (only?.type !== "chunk" || more.length > 0) throw new Error(`${file} is not one script`);
  return only.code;
}
