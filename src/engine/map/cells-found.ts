/**
 * Which of `count` cells from `first` on hold one of the chunks, each once.
 * @param chunks ascending. @param level a cell is 2^level chunks.
 */
export function cellsFound(
  chunks: readonly number[],
  level: number,
  first: number,
  count: number,
): Set<number> {
  const size = 2 ** level;
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chunks[middle] ?? 0) < first * size) low = middle + 1;
    else high = middle;
  }
  const cells = new Set<number>();
  for (let at = low; at < chunks.length; at += 1) {
    const cell = Math.floor((chunks[at] ?? 0) / size);
    if (cell >= first + count) break;
    cells.add(cell);
  }
  return cells;
}
