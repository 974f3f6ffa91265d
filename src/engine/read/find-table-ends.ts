import type { TableEnds } from "../../protocol/check.ts";
import { type BlockSource, liesInStream, SourceError } from "../../source/block-source.ts";
import { type Core, NONE, toWindow } from "../core.ts";

/**
 * How long the table is, so far as single entries of it show (wasm/forensics/table_ends.ts): twice
 * the logarithm of its areas in reads, and that of an area's entries. A piece of it must have been
 * taken in, and not the last one.
 * @returns null where they do not look right, or bytes on the way are not to be had: only whoever
 * reads all of it can say what that means. Of a stream all would have to be unpacked.
 */
export async function findTableEnds(core: Core, source: BlockSource): Promise<TableEnds | null> {
  if (liesInStream(source)) return null;
  core.begin_ends();
  try {
    for (let offset = core.end_offset(); offset >= 0; offset = core.end_offset()) {
      const bytes = await source.read([{ offset, length: core.EXCEPTION_BYTES.value }]);
      core.note_end(toWindow(core, bytes));
    }
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
  const exceptions = core.exceptions_by_ends();
  if (exceptions === NONE) return null;
  const areas = Number(exceptions / BigInt(core.get_per_area())) + 1;
  return { areas, exceptions: Number(exceptions) };
}
