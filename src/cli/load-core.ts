import { readFile } from "node:fs/promises";

/** Compiles the core that the build put beside the command (build/core.wasm). */
export async function loadCore(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(new URL("../core.wasm", import.meta.url)));
}
