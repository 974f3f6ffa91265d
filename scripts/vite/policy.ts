import { LOCAL_HOSTS } from "../../src/protocol/remote-address.ts";

/** No text becomes code or markup, and no address a worker, but through one small function. */
const TRUSTED_TYPES = ["require-trusted-types-for 'script'", "trusted-types cowscope"];

/**
 * Everything a page may do: run its own scripts and its own WebAssembly, and read from its own
 * origin. Its workers
 * start from `blob:` URLs alone, since only those inherit this policy: the service worker (src/offline)
 * takes 'self' in worker-src, and what else that would allow the Trusted Types of
 * src/client/trusted-url.ts refuse.
 */
const policy = (connect: string): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `connect-src ${connect}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    ...TRUSTED_TYPES,
  ].join("; ");

/** Nothing else: that nothing leaves this machine is then more than a promise. */
export const POLICY = policy("'self'");

/** Of `address.html`: it may ask servers for an image. On this machine, which sends nothing, without TLS. */
export const ADDRESS_POLICY = policy(
  ["'self'", "https:", ...LOCAL_HOSTS.map((host) => `http://${host}:*`)].join(" "),
);

export const isAddressPage = (path: string): boolean => /\/address(\.html)?$/.test(path);

/** What a `<meta>` cannot say comes with these, where the host sends them: `npm start` does. */
export const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
};
export const CSP = "Content-Security-Policy";
export const NO_FRAMES = "frame-ancestors 'none'";

/** The same for what comes under a policy of its own. */
export const guardedBy = (own: string): Record<string, string> => ({
  ...HEADERS,
  [CSP]: `${own}; ${NO_FRAMES}`,
});

/** The same for a page, under the policy that it brings in its `<meta>`. */
export function pageHeaders(html: Buffer): Record<string, string> {
  const own = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html.toString())?.[1];
  if (own === undefined) throw new Error("a page without a policy");
  return guardedBy(own.replaceAll("&#39;", "'"));
}

/**
 * For the static hosts that read a `_headers` file. What several of its paths say of one file is
 * joined, and of two policies both hold: so each page has its own, and all files have none.
 */
export const headersFile = (): string => {
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

/**
 * The single file may do less: its own two texts, known by their hashes, and what it carries in
 * itself. It may connect to nothing, not even to the folder that it lies in.
 */
export const singlePolicy = (scriptHash: string, styleHash: string): string =>
  [
    "default-src 'none'",
    `script-src '${scriptHash}' 'wasm-unsafe-eval'`,
    `style-src '${styleHash}'`,
    "font-src data:",
    "img-src data:",
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
    ...TRUSTED_TYPES,
  ].join("; ");
