import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { inlined, TARGET } from "./scripts/vite/inlined.ts";
import { singleFile } from "./scripts/vite/single-file.ts";
import { standIns } from "./scripts/vite/stand-ins.ts";

/** The page as one file, which runs from file://: dist/cowscope.html, beside the page itself. */
export default defineConfig({
  base: "./",
  plugins: [react(), standIns(), inlined(), singleFile("cowscope.html")],
  build: {
    target: TARGET,
    copyPublicDir: false,
    emptyOutDir: false,
    // Fonts, which the styles name.
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: Number.MAX_SAFE_INTEGER,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
