import coreFile from "../../build/core.wasm?url";

/** Vite's development server gives a path alone, and a worker from a blob has no base for it. */
const coreUrl = new URL(coreFile, import.meta.url).href;

/** Compiles while it downloads; a host that serves .wasm under another type gets the slow way. */
export async function loadCore(): Promise<WebAssembly.Module> {
  const response = await fetch(coreUrl);
  if (!response.ok) throw new Error(`${coreUrl} answered ${response.status}`);
  if (response.headers.get("content-type")?.startsWith("application/wasm")) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}
