import core from "../../build/core.wasm?base64";
import { fromBase64 } from "../protocol/base64.ts";

/** From the script itself: the single file asks nobody for anything. */
export const loadCore = (): Promise<WebAssembly.Module> => WebAssembly.compile(fromBase64(core));
