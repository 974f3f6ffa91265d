import { expose } from "comlink";
import { createRaceService } from "../engine/race/service.ts";
import { loadCore } from "./load-core.ts";

// A worker of its own: a long exploration never keeps the open store waiting, nor a fault of one
// the other.
expose(createRaceService(loadCore));
