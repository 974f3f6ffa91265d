import { defineConfig } from "vite";

/** The command: one ES module for Node 20 beside the compiled core in build/. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: "src/cli/main.ts",
    target: "node20",
    outDir: "build/cli",
    emptyOutDir: true,
    // All in one folder: the core is found beside it, at ../core.wasm.
    rolldownOptions: { output: { entryFileNames: "cowscope.js", chunkFileNames: "[name].js" } },
  },
  ssr: { noExternal: true },
});
