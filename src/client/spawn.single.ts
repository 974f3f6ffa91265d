import raceWorker from "../worker/race.worker.ts?script";
import storeWorker from "../worker/store.worker.ts?script";
import { startWorker } from "./start-worker.ts";

/** Of the single file: the whole worker is in the blob, since there is no server to import from. */
export const spawnStoreWorker = (): Worker => startWorker(storeWorker, "classic");

export const spawnRaceWorker = (): Worker => startWorker(raceWorker, "classic");
