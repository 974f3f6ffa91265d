import type { Patch } from "../../protocol/patch.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { type Core, getBytes } from "../core.ts";
import { patchesBetween } from "./diff.ts";

/**
 * What has to be changed for a right header. @param chunkSize in sectors.
 * @returns null where the image is shorter than a header. @throws SourceError
 */
export async function headerPatches(
  core: Core,
  source: BlockSource,
  valid: 0 | 1,
  chunkSize: number,
): Promise<Required<Patch>[] | null> {
  const length = core.HEADER_BYTES.value;
  if (source.size < length) return null;
  const before = await source.read([{ offset: 0, length }]);
  const window = core.window_pointer();
  core.pack_right_header(window, valid, chunkSize);
  return patchesBetween(before, getBytes(core, window, length), 0);
}
