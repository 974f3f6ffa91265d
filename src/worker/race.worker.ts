import { expose } from "comlink";
import { loadCore } from "./load-core.ts";
import { createRaceService } from "./race-service.ts";

// A worker of its own: a long exploration never keeps the open store waiting, nor a fault of one
// the other.
expose(createRaceService(loadCore));
