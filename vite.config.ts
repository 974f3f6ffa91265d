import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * Everything the page may do: run its own scripts and its own WebAssembly, and read from its own
 * origin. Nothing else: that nothing leaves this machine is then more than a promise. Its workers
 * start from `blob:` URLs alone, since only those inherit this policy (src/client/spawn.ts).
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** What a `<meta>` cannot say comes with these, where the host sends them: `npm start` does. */
const HEADERS = {
  "Content-Security-Policy": `${POLICY}; frame-ancestors 'none'`,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
};

/** For the static hosts that read a `_headers` file. */
const HEADERS_FILE = `/*
${Object.entries(HEADERS)
  .map(([name, value]) => `  ${name}: ${value}`)
  .join("\n")}
/assets/*
  Cache-Control: public, max-age=31536000, immutable
`;

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
  plugins: [react(), contentSecurityPolicy()],
  worker: { format: "es" },
  preview: { headers: HEADERS },
  build: { target: "es2023", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
