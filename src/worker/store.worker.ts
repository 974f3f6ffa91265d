import { expose } from "comlink";
import { createStoreService } from "../engine/service.ts";
import { loadCore } from "./load-core.ts";

expose(createStoreService(loadCore));
