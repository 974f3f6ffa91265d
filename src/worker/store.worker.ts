import { expose } from "comlink";
import { loadCore } from "./load-core.ts";
import { createStoreService } from "./store-service.ts";

expose(createStoreService(loadCore));
