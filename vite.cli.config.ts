import { defineConfig } from "vite";

/** The command: ES modules for Node 20 beside the compiled core in build/. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    target: "node20",
    outDir: "build/cli",
    emptyOutDir: true,
    rolldownOptions: {
      input: { cowscope: "src/cli/main.ts", "check-thread": "src/cli/check-thread.ts" },
      // All in one folder: the core is found beside it, at ../core.wasm.
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
    },
  },
  ssr: { noExternal: true },
});
