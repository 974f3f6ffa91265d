import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { TARGET } from "./scripts/vite/inlined.ts";
import {
  ADDRESS_POLICY,
  CSP,
  HEADERS,
  headersFile,
  isAddressPage,
  NO_FRAMES,
  POLICY,
} from "./scripts/vite/policy.ts";
import { serviceWorker } from "./scripts/vite/service-worker.ts";
import { sharePreview } from "./scripts/vite/share-preview.ts";

/** The policy goes into the built pages only: Vite's dev server needs inline scripts. */
function contentSecurityPolicy(): Plugin {
  return {
    name: "cowscope-content-security-policy",
    transformIndexHtml: (_, { path, server }) => {
      if (server) return [];
      const content = isAddressPage(path) ? ADDRESS_POLICY : POLICY;
      const attrs = { "http-equiv": CSP, content };
      return [{ tag: "meta", attrs, injectTo: "head-prepend" }];
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "_headers", source: headersFile() });
    },
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? "/", "http://localhost");
        const own = isAddressPage(pathname) ? ADDRESS_POLICY : POLICY;
        response.setHeader(CSP, `${own}; ${NO_FRAMES}`);
        next();
      });
    },
  };
}

/**
 * The pages: a static folder that works under any base path and with a strict
 * CSP, so nothing is inlined (a data: URL would need a wider connect-src).
 */
export default defineConfig({
  base: "./",
  plugins: [react(), contentSecurityPolicy(), sharePreview(), serviceWorker()],
  worker: { format: "es" },
  preview: { headers: HEADERS },
  build: {
    target: TARGET,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "address.html"] },
  },
});
