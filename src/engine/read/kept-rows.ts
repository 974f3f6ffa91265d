import { MAX_MATCHES, type RowFilter, type RowMatches } from "../../protocol/store-service.ts";
import { type Core, getBytes, NONE } from "../core.ts";

/**
 * `count` exceptions of the kept table from row `first` on: old, new, old, new … in chunks. Fewer
 * where the table ends before, none where its rows are not kept. They pass through the core's
 * window, so however often they are asked for, its memory does not grow.
 */
export function copyRows(core: Core, first: number, count: number): BigUint64Array<ArrayBuffer> {
  const entry = core.EXCEPTION_BYTES.value;
  const window = core.window_pointer();
  const most = core.WINDOW_BYTES.value / entry;
  const left = Number(core.get_exceptions()) - first;
  const rows = new BigUint64Array(Math.max(0, Math.min(count, left)) * 2);
  let done = 0;
  while (done * 2 < rows.length) {
    const copied = core.copy_rows(first + done, Math.min(rows.length / 2 - done, most), window);
    if (copied === 0) return rows.slice(0, done * 2);
    rows.set(new BigUint64Array(core.memory.buffer, window, copied * 2), done * 2);
    done += copied;
  }
  return rows;
}

/** Rows whose chunks lie in both ranges of the filter; the first MAX_MATCHES by number. */
export function filterRows(core: Core, filter: RowFilter): RowMatches {
  const window = core.window_pointer();
  const room = Math.min(MAX_MATCHES, core.WINDOW_BYTES.value / 4);
  const total = core.filter_rows(
    filter.old?.first ?? 0n,
    filter.old?.last ?? NONE,
    filter.new?.first ?? 0n,
    filter.new?.last ?? NONE,
    window,
    room,
  );
  const rows = new Uint32Array(getBytes(core, window, Math.min(total, room) * 4).buffer);
  return { total, rows };
}
