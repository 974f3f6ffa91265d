/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;

export {};

/** What belongs to this version of the page, each path with the hash that its bytes must have. */
declare const FILES: readonly (readonly [path: string, integrity: string])[];
declare const VERSION: string;
/** The policy, and what else a `<meta>` cannot say: a static host sends none of it. */
declare const HEADERS: Readonly<Record<string, string>>;
/** The same of each page, by its path: under its own policy. */
declare const PAGES: Readonly<Record<string, typeof HEADERS>>;

/** Ends with "/": wherever the page lies. */
const SCOPE = self.registration.scope;
/** Caches belong to the whole origin, so a name has the scope in it. */
const OURS = `cowscope ${SCOPE} `;
const CURRENT = `${OURS}${VERSION}`;

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOld()));
self.addEventListener("fetch", (event) => {
  const url = keptUrl(event.request);
  if (url !== null) event.respondWith(answer(url, event.request));
});
// Only a person decides when the page becomes another one (src/app/updates.ts).
self.addEventListener("message", (event) => {
  if (event.data === "skip-waiting") event.waitUntil(self.skipWaiting());
});

/** All files of one version or none: while a host is being updated, a hash does not fit. */
async function keepAll(): Promise<void> {
  try {
    const cache = await caches.open(CURRENT);
    await Promise.all(
      FILES.map(async ([path, integrity]) => {
        const url = new URL(path, SCOPE).href;
        const response = await fetch(url, { integrity, cache: "no-cache" });
        if (!response.ok) throw new Error(`${url} answered ${response.status}`);
        await cache.put(url, await guarded(response, PAGES[path] ?? HEADERS));
      }),
    );
  } catch (error) {
    await caches.delete(CURRENT);
    throw error;
  }
}

/** The same bytes under the page's own policy, whatever the host sends with them. */
async function guarded(response: Response, guards: typeof HEADERS): Promise<Response> {
  const type = response.headers.get("content-type");
  const headers = { ...guards, ...(type !== null && { "Content-Type": type }) };
  return new Response(await response.arrayBuffer(), { headers });
}

/** Keeps one more version: a tab that still shows it may need more of its scripts. */
async function forgetOld(): Promise<void> {
  const older = (await ours()).filter((name) => name !== CURRENT);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
}

/** Oldest first. */
const ours = async (): Promise<string[]> =>
  (await caches.keys()).filter((name) => name.startsWith(OURS));

/** Under which address it may be kept; null: it is none of the page's. */
function keptUrl({ method, url }: Request): string | null {
  if (method !== "GET" || !url.startsWith(SCOPE)) return null;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`.replace(/(?<=\/)index\.html$/, "");
}

async function answer(url: string, request: Request): Promise<Response> {
  for (const name of [CURRENT, ...(await ours()).reverse()]) {
    const kept = await caches.match(url, { cacheName: name });
    if (kept !== undefined) return kept;
  }
  return fetch(request);
}
