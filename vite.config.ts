import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { LOCAL_HOSTS } from "./src/protocol/remote-address.ts";

/**
 * Everything a page may do: run its own scripts and its own WebAssembly, and read from its own
 * origin. Its workers start from `blob:` URLs alone, since only those inherit this policy
 * (src/client/spawn.ts).
 */
const policy = (connect: string): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `connect-src ${connect}`,
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/** Nothing else: that nothing leaves this machine is then more than a promise. */
const POLICY = policy("'self'");

/** Of `address.html`: it may ask servers for an image. On this machine, which sends nothing, without TLS. */
const ADDRESS_POLICY = policy(
  ["'self'", "https:", ...LOCAL_HOSTS.map((host) => `http://${host}:*`)].join(" "),
);

const isAddressPage = (path: string): boolean => /\/address(\.html)?$/.test(path);

/** What a `<meta>` cannot say comes with these, where the host sends them: `npm start` does. */
const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
};
const CSP = "Content-Security-Policy";
const NO_FRAMES = "frame-ancestors 'none'";

/**
 * For the static hosts that read a `_headers` file. What several of its paths say of one file is
 * joined, and of two policies both hold: so each page has its own, and all files have none.
 */
const headersFile = (): string => {
  const rules: [string, Record<string, string>][] = [
    ["/*", { ...HEADERS, [CSP]: NO_FRAMES }],
    ["/", { [CSP]: POLICY }],
    ["/index.html", { [CSP]: POLICY }],
    ["/address", { [CSP]: ADDRESS_POLICY }],
    ["/address.html", { [CSP]: ADDRESS_POLICY }],
    ["/assets/*", { [CSP]: POLICY, "Cache-Control": "public, max-age=31536000, immutable" }],
  ];
  return rules
    .map(([path, headers]) => {
      const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`);
      return `${path}\n${lines.join("")}`;
    })
    .join("");
};

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
  plugins: [react(), contentSecurityPolicy()],
  worker: { format: "es" },
  preview: { headers: HEADERS },
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "address.html"] },
  },
});
