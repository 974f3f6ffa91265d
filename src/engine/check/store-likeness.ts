import { DEFAULT_OPTIONS } from "../../protocol/check.ts";
import type { StoreLikeness } from "../../protocol/store-service.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { type Core, makeCore } from "../core.ts";
import { hasMagic, readStart } from "../read/read-start.ts";
import { describe } from "./activation.ts";
import { storeChunkSize } from "./store-chunk-size.ts";

/**
 * How much an image looks like a COW store, to tell a store from its origin when both are handed
 * over. Reads its beginning alone. @throws SourceError
 */
export async function storeLikeness(
  compiled: WebAssembly.Module,
  source: BlockSource,
): Promise<StoreLikeness> {
  const core: Core = await makeCore(compiled);
  const start = await readStart(core, source);
  if (start.header && hasMagic(core, start.header)) return "magic";
  describe(core, BigInt(Math.floor(source.size / 512)), DEFAULT_OPTIONS, 0);
  const { looksLike, from } = await storeChunkSize(core, source, DEFAULT_OPTIONS, start);
  if (looksLike !== null) return "other";
  return from === "inferred" ? "areas" : "unknown";
}

/** Whether a COW store begins there. @throws SourceError */
export async function looksLikeStore(
  compiled: WebAssembly.Module,
  source: BlockSource,
): Promise<boolean> {
  const likeness = await storeLikeness(compiled, source);
  return likeness === "magic" || likeness === "areas";
}
