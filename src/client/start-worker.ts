import { trustedUrl } from "./trusted-url.ts";

/** Starts a worker from a `blob:` URL, which makes it inherit the page's policy. */
export function startWorker(script: string, type: WorkerType): Worker {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(trustedUrl(url), { type });
  // Once the worker speaks, or has failed, its script has been fetched.
  const revoke = () => URL.revokeObjectURL(url);
  worker.addEventListener("message", revoke, { once: true });
  worker.addEventListener("error", revoke, { once: true });
  return worker;
}
