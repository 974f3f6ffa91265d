/** Of the Trusted Types that the page's policy requires where a browser has them. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => unknown };
}

/** The service worker (src/offline), beside the page wherever that lies. */
export const serviceWorkerUrl = (): string => new URL("sw.js", document.baseURI).href;

/**
 * The one policy of the page, by the name that its Content-Security-Policy allows. Without a blob a
 * worker would not inherit that (spawn.ts), so no other address starts one: a browser with Trusted
 * Types then refuses it, whoever asks.
 */
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy(
  "cowscope",
  {
    createScriptURL: (url) => {
      if (url.startsWith("blob:") || url === serviceWorkerUrl()) return url;
      throw new TypeError(`no worker may start from ${url}`);
    },
  },
);

/** What `new Worker` and `register` take: in TypeScript a string, in such a browser the proof. */
export const trustedUrl = (url: string): string => (policy?.createScriptURL(url) ?? url) as string;
