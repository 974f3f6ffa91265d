/** The one place that names the worker's file, in the form Vite needs to see to bundle it. */
export const spawnStoreWorker = (): Worker =>
  new Worker(new URL("../worker/store.worker.ts", import.meta.url), { type: "module" });
