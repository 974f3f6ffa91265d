/** The one place that names the workers' files, in the form Vite needs to see to bundle them. */
export const spawnStoreWorker = (): Worker =>
  new Worker(new URL("../worker/store.worker.ts", import.meta.url), { type: "module" });

export const spawnRaceWorker = (): Worker =>
  new Worker(new URL("../worker/race.worker.ts", import.meta.url), { type: "module" });
