import type { Core } from "../core.ts";

/**
 * Gives a core the table that another has kept, as readAreas() gives it the areas of a device.
 * @param afterBatch is called between batches; false cancels. @returns false if it was cancelled.
 */
export async function loadKeptRows(
  to: Core,
  kept: Core,
  afterBatch: () => Promise<boolean>,
): Promise<boolean> {
  const entryBytes = to.EXCEPTION_BYTES.value;
  const entries = to.piece_entries();
  // As much as goes through the cores' windows; a piece is never longer than one.
  const pieces = Math.floor(to.WINDOW_BYTES.value / (entries * entryBytes));
  const bytes = pieces * entries * entryBytes;
  const target = to.window_pointer();
  for (let first = 0; ; first += pieces) {
    // The window is everybody's whenever somebody waits: it is filled anew each time.
    const source = kept.window_pointer();
    const copied = kept.copy_rows(first * entries, pieces * entries, source) * entryBytes;
    // Behind the last row lies the entry that ends the table: zeros.
    const batch = new Uint8Array(to.memory.buffer, target, bytes).fill(0, copied);
    batch.set(new Uint8Array(kept.memory.buffer, source, copied));
    if (to.take_pieces(target, first, pieces, false)) return true;
    if (!(await afterBatch())) return false;
  }
}
