import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { TARGET } from "./scripts/vite/inlined.ts";
import { HEADERS, HEADERS_FILE, POLICY } from "./scripts/vite/policy.ts";
import { serviceWorker } from "./scripts/vite/service-worker.ts";
import { sharePreview } from "./scripts/vite/share-preview.ts";

/** The policy goes into the built page only: Vite's dev server needs inline scripts. */
function contentSecurityPolicy(): Plugin {
  return {
    name: "cowscope-content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: POLICY },
        injectTo: "head-prepend",
      },
    ],
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "_headers", source: HEADERS_FILE });
    },
  };
}

/**
 * The page: a static folder that works under any base path and with a strict
 * CSP, so nothing is inlined (a data: URL would need a wider connect-src).
 */
export default defineConfig({
  base: "./",
  plugins: [react(), contentSecurityPolicy(), sharePreview(), serviceWorker()],
  worker: { format: "es" },
  preview: { headers: HEADERS },
  build: { target: TARGET, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
