import raceWorker from "../worker/race.worker.ts?worker&url";
import storeWorker from "../worker/store.worker.ts?worker&url";
import { startWorker } from "./start-worker.ts";

/**
 * The script in the blob, for a worker whose module is at `url`. It imports dynamically, because a
 * static import of a worker is asked of `worker-src` (HTML standard, HostLoadImportedModule: a
 * dynamic one has the destination "script"), and so it keeps what is said to it before the module
 * listens.
 */
const starter = (url: string): string => `
const early = [];
const keep = (event) => early.push(event);
addEventListener("message", keep);
import(${JSON.stringify(url)}).then(() => {
  removeEventListener("message", keep);
  for (const event of early) dispatchEvent(new MessageEvent("message", event));
}, reportError);
`;

/**
 * A worker that is loaded from a URL of the server brings its own policy, which a static host does
 * not send: such a worker may reach any other host, whatever the page's `<meta>` says. One that
 * starts from a `blob:` URL inherits the page's policy (HTML standard, "initialize a worker global
 * scope's policy container"), so every worker starts from one, which imports the real one.
 */
const spawn = (file: string): Worker =>
  startWorker(starter(new URL(file, import.meta.url).href), "module");

export const spawnStoreWorker = (): Worker => spawn(storeWorker);

export const spawnRaceWorker = (): Worker => spawn(raceWorker);
