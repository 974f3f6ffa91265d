import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * The page: a static folder that works under any base path and with a strict
 * CSP, so nothing is inlined (a data: URL would need a wider connect-src).
 */
export default defineConfig({
  base: "./",
  plugins: [react()],
  worker: { format: "es" },
  build: { target: "es2023", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
