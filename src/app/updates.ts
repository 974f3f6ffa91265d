import { serviceWorkerUrl, trustedUrl } from "../client/trusted-url.ts";

/** Where a page is served to the machine itself, as by `npm start`: nothing has to be kept of it. */
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** Keeps the page for when there is no network, and knows when a newer one lies ready. */
export class Updates {
  readonly #listeners = new Set<() => void>();
  #registration: ServiceWorkerRegistration | null = null;
  #ready = false;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether all of a newer version has been fetched. */
  readonly ready = (): boolean => this.#ready;

  /** To be called once the page stands: what is kept is fetched behind it. */
  async keep(): Promise<void> {
    if (!import.meta.env.PROD || LOOPBACK.test(location.hostname)) return;
    if (!("serviceWorker" in navigator)) return;
    // Where a browser keeps nothing, in a private window for one, the page goes on as it is.
    const registration = await navigator.serviceWorker
      .register(trustedUrl(serviceWorkerUrl()), { updateViaCache: "none" })
      .catch(() => null);
    if (registration === null) return;
    this.#registration = registration;
    registration.addEventListener("updatefound", () =>
      registration.installing?.addEventListener("statechange", this.#look),
    );
    // One may already be under way, or lie there from the visit before.
    registration.installing?.addEventListener("statechange", this.#look);
    this.#look();
  }

  /** Shows the newer version, which takes a reload: no page is ever made of two. */
  readonly update = (): void => {
    const { waiting } = this.#registration ?? {};
    // Another tab has updated already.
    if (!waiting) location.reload();
    waiting?.addEventListener("statechange", () => {
      if (waiting.state === "activated") location.reload();
    });
    waiting?.postMessage("skip-waiting");
  };

  /** Without one that is active, what waits is the first version: the one that is shown. */
  readonly #look = (): void => {
    const { waiting, active } = this.#registration ?? {};
    if (this.#ready || !waiting || !active) return;
    this.#ready = true;
    for (const listener of this.#listeners) listener();
  };
}
