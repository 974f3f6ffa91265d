/**
 * Origin chunks with more than one exception that says otherwise, or whose data chunk another origin
 * chunk has, too.
 * @param rows old, new, old, new … in chunks. @param most chunks that are named.
 */
export function sharedChunks(
  rows: BigUint64Array,
  most: number,
): { chunks: Set<bigint>; more: boolean } {
  const chunks = new Set<bigint>();
  for (const column of [0, 1]) {
    for (const group of groups(rows, column)) {
      if (isAllAlike(rows, group, 1 - column)) continue;
      for (const row of group) {
        if (chunks.size >= most) return { chunks, more: true };
        chunks.add(rows[row * 2] ?? 0n);
      }
    }
  }
  return { chunks, more: false };
}

/** Rows that are alike in one column, where there are several. */
function* groups(rows: BigUint64Array, column: number): Generator<Uint32Array> {
  const key = (row: number): bigint => rows[row * 2 + column] ?? 0n;
  const order = Uint32Array.from({ length: rows.length / 2 }, (_, row) => row);
  order.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
  for (let from = 0, to = 0; from < order.length; from = to) {
    const first = key(order[from] ?? 0);
    for (to = from + 1; to < order.length && key(order[to] ?? 0) === first; ) to += 1;
    if (to - from > 1) yield order.subarray(from, to);
  }
}

function isAllAlike(rows: BigUint64Array, group: Uint32Array, column: number): boolean {
  const [first = 0] = group;
  return group.every((row) => rows[row * 2 + column] === rows[first * 2 + column]);
}
