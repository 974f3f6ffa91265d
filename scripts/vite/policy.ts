/** No text becomes code or markup, and no address a worker, but through one small function. */
const TRUSTED_TYPES = ["require-trusted-types-for 'script'", "trusted-types cowscope"];

/**
 * Everything the page may do: run its own scripts and its own WebAssembly, and read from its own
 * origin. Nothing else: that nothing leaves this machine is then more than a promise. Its workers
 * start from `blob:` URLs alone, since only those inherit this policy: the service worker (src/offline)
 * takes 'self' in worker-src, and what else that would allow the Trusted Types of
 * src/client/trusted-url.ts refuse.
 */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  ...TRUSTED_TYPES,
].join("; ");

/** What a `<meta>` cannot say comes with these, where the host sends them: `npm start` does. */
export const HEADERS = {
  "Content-Security-Policy": `${POLICY}; frame-ancestors 'none'`,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
};

/** The same for a page, under the policy that it brings in its `<meta>`. */
export function pageHeaders(html: Buffer): typeof HEADERS {
  const own = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html.toString())?.[1];
  if (own === undefined) throw new Error("a page without a policy");
  const policy = own.replaceAll("&#39;", "'");
  return { ...HEADERS, "Content-Security-Policy": `${policy}; frame-ancestors 'none'` };
}

/** For the static hosts that read a `_headers` file. */
export const HEADERS_FILE = `/*
${Object.entries(HEADERS)
  .map(([name, value]) => `  ${name}: ${value}`)
  .join("\n")}
/assets/*
  Cache-Control: public, max-age=31536000, immutable
`;

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
