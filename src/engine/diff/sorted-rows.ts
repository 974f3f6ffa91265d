/** The exceptions of one store, ascending by origin chunk; in the table's order for one chunk. */
export interface SortedRows {
  /** old, new, old, new … in chunks, in the table's order. */
  rows: BigUint64Array;
  /** Row numbers. */
  order: Uint32Array;
  /** Exceptions for an origin chunk that has one already. */
  duplicates: number;
}

/** @param rows old, new, old, new … in chunks. */
export function sortRows(rows: BigUint64Array): SortedRows {
  const order = Uint32Array.from({ length: rows.length / 2 }, (_, row) => row);
  const old = (row: number): bigint => rows[row * 2] ?? 0n;
  // Most tables are ascending already, or nearly so.
  if (!isAscending(rows)) {
    order.sort((a, b) => (old(a) < old(b) ? -1 : old(a) > old(b) ? 1 : a - b));
  }
  let duplicates = 0;
  for (let at = 1; at < order.length; at++) {
    if (old(order[at] ?? 0) === old(order[at - 1] ?? 0)) duplicates += 1;
  }
  return { rows, order, duplicates };
}

function isAscending(rows: BigUint64Array): boolean {
  for (let at = 2; at < rows.length; at += 2) {
    if ((rows[at] ?? 0n) < (rows[at - 2] ?? 0n)) return false;
  }
  return true;
}
